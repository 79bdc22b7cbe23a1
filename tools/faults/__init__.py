"""Seeded faults: processes killed, room and databases lost, clocks that jump, forms that collide.

``make faults ROUNDS=25 SEED=1`` runs ``python -m tools.faults --rounds 25 --seed 1``. A round puts
a small made-up authority back, starts the real processes, lets people write, does one fault, and
then looks whether anything that was acknowledged is lost, twice or half done.
"""
