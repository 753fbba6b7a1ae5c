"""Spreadsheets for people: xlsx and csv."""
