"""`./dev faults`: the whole site under a load of real journeys, while its parts are killed, starved and moved in time.

Not part of the suite: it takes some minutes. It starts its own servers in a folder of its own and touches no other data.
"""
