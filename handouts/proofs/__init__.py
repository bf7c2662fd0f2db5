"""For translators: each string on its page, with its state and its checks."""

from handouts.proofs.desk import Desk, DeskString, State, desk_of
from handouts.proofs.pages import Proof, proof

__all__ = ["Desk", "DeskString", "Proof", "State", "desk_of", "proof"]
