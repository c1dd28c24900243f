"""The room `storage`: every noun, on both engines."""
