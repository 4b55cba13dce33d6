"""What a cell may hold: one module for each sort of cell, text in, value out."""
