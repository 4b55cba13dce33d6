"""Tests of mdgen."""
