"""Where the places are that sheets name: their text, `data/places.csv`, a gazetteer, a geocoder."""
