"""numpy as in peer_numpy.py with the normals of Intel MKL (SFMT19937, Box-Muller) through mkl_random."""

import os

import common

THREADS = common.threads()
import mkl_random
import peer_numpy


def simulate(p, workload):
    state = mkl_random.MKLRandomState(common.SEED, brng=os.environ.get("BRNG", "SFMT19937"))
    method = os.environ.get("METHOD", "BoxMuller2")
    return peer_numpy.simulate(p, workload, normals=lambda shape: state.standard_normal(shape, method=method))


if __name__ == "__main__":
    common.main("numpy + MKL", simulate, THREADS, f"mkl_random {mkl_random.__version__}")
