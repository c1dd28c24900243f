"""What is planted in every personal field around a house, and looked for in all it gave away."""

from tests.canaries.kinds import Kind, Sink
from tests.canaries.planting import plant_file
from tests.canaries.watching import watched

__all__ = ["Kind", "Sink", "plant_file", "watched"]
