"""JAX on the CPU in float64: lax.scan over months, the default generator (JAX_PRNG=rbg for the other)."""

import os

import common

THREADS = common.threads()
os.environ["JAX_PLATFORMS"] = "cpu"
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_default_prng_impl", os.environ.get("JAX_PRNG", "threefry2x32"))


def copula_and_jumps(key, z):
    mixing_key, count_key, size_key = jax.random.split(key, 3)
    t = z * jnp.sqrt(common.DOF / jax.random.chisquare(mixing_key, float(common.DOF), (z.shape[1],), dtype=z.dtype))
    hypotenuse = jnp.sqrt(4.0 + t * t)
    gap = 4.0 / (hypotenuse * (hypotenuse + jnp.abs(t)))
    shock = jnp.copysign(-jax.scipy.special.ndtri(gap * gap * (3.0 - gap) * 0.25), t)
    count = jax.random.poisson(count_key, common.JUMP_RATE * common.DT, z.shape).astype(z.dtype)
    size = jax.random.normal(size_key, z.shape, dtype=z.dtype)
    return shock, common.JUMP_MEAN * count + common.JUMP_SD * jnp.sqrt(count) * size


@partial(jax.jit, static_argnames=("n", "paths", "steps", "with_jumps"))
def months(key, a, lower, scale, drift, weights, n, paths, steps, with_jumps):
    def month(state, key):
        log_value, peak, fall = state
        z = jax.random.normal(key, (n, paths), dtype=jnp.float64)
        if with_jumps:
            shock, jump = copula_and_jumps(jax.random.fold_in(key, 1), lower @ z)
            log_value = log_value + scale[:, None] * shock + jump
        else:
            log_value = log_value + a @ z
        log_value = log_value + drift[:, None]
        wealth = weights @ jnp.exp(log_value)
        peak = jnp.maximum(peak, wealth)
        fall = jnp.maximum(fall, 1.0 - wealth / peak)
        return (log_value, peak, fall), jnp.quantile(wealth, jnp.array(common.FAN))

    start = (jnp.zeros((n, paths)), jnp.ones(paths), jnp.zeros(paths))
    (log_value, _, fall), fan = jax.lax.scan(month, start, jax.random.split(key, steps))
    return weights @ jnp.exp(log_value), fall.mean(), fan


@partial(jax.jit, static_argnames=("paths", "steps"))
def one_asset(key, a, drift, paths, steps):
    def month(total, key):
        return total + jax.random.normal(key, (paths,), dtype=jnp.float64), None

    total, _ = jax.lax.scan(month, jnp.zeros(paths), jax.random.split(key, steps))
    return jnp.exp(drift * steps + a * total)


def simulate(p, workload):
    key = jax.random.key(common.SEED)
    if workload == "W3":
        return np.asarray(one_asset(key, p["a"][0, 0], p["drift"][0], p["paths"], p["steps"])), None, None
    terminal, fall, fan = months(
        key, p["a"], p["lower"], p["scale"], p["drift"], p["weights"], p["n"], p["paths"], p["steps"], workload == "W2"
    )
    return np.asarray(terminal), float(fall), np.asarray(fan)


if __name__ == "__main__":
    common.main("jax", simulate, THREADS, f"jax {jax.__version__}")
