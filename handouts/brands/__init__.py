"""brand.toml and a logo in, a checked brand out: every slot typed, every colour readable, every picture made anew."""

from handouts.brands.load import build_brand, gaps

__all__ = ["build_brand", "gaps"]
