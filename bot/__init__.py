"""Usher: any employee greets a customer and brings them to help, within every control."""
