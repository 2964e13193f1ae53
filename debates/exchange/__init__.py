"""Carry debates between plain data and the database."""
