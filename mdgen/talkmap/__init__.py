"""The talk map: stops and where they are → one HTML page that needs nothing but itself."""
