"""The sandbox proven: what the other tests stand on must itself be right."""
