"""Usher: any employee greets, looks up and hands on a customer without stepping around a control."""
