"""PyTorch on the CPU in float64: all paths at once, month by month."""

import common

THREADS = common.threads()
import numpy as np
import torch

torch.set_num_threads(THREADS)
FLOAT = torch.float64


def copula_and_jumps(generator, z):
    uniforms = 1 - torch.rand((2, z.shape[1]), dtype=FLOAT, generator=generator)
    t = z * torch.sqrt(common.DOF / (-2.0 * torch.log(uniforms[0] * uniforms[1])))
    hypotenuse = torch.sqrt(4.0 + t * t)
    gap = 4.0 / (hypotenuse * (hypotenuse + t.abs()))
    shock = torch.copysign(-torch.special.ndtri(gap * gap * (3.0 - gap) * 0.25), t)
    count = torch.poisson(torch.full(z.shape, common.JUMP_RATE * common.DT, dtype=FLOAT), generator=generator)
    size = torch.randn(z.shape, dtype=FLOAT, generator=generator)
    return shock, common.JUMP_MEAN * count + common.JUMP_SD * count.sqrt() * size


@torch.no_grad()
def simulate(p, workload):
    generator = torch.Generator().manual_seed(common.SEED)
    n, paths, steps = p["n"], p["paths"], p["steps"]
    a, lower, drift, weights, scale = (torch.tensor(p[k], dtype=FLOAT) for k in ("a", "lower", "drift", "weights", "scale"))
    if workload == "W3":
        total = torch.zeros(paths, dtype=FLOAT)
        for _ in range(steps):
            total += torch.randn(paths, dtype=FLOAT, generator=generator)
        return torch.exp(drift[0] * steps + a[0, 0] * total).numpy(), None, None
    log_value = torch.zeros(n, paths, dtype=FLOAT)
    peak, fall = torch.ones(paths, dtype=FLOAT), torch.zeros(paths, dtype=FLOAT)
    fan, wanted = np.empty((steps, len(common.FAN))), torch.tensor(common.FAN, dtype=FLOAT)
    for month in range(steps):
        z = torch.randn(n, paths, dtype=FLOAT, generator=generator)
        if workload == "W2":
            shock, jump = copula_and_jumps(generator, lower @ z)
            log_value += scale[:, None] * shock + jump
        else:
            log_value.addmm_(a, z)
        log_value += drift[:, None]
        wealth = weights @ log_value.exp()
        torch.maximum(peak, wealth, out=peak)
        torch.maximum(fall, 1.0 - wealth / peak, out=fall)
        fan[month] = torch.quantile(wealth, wanted).numpy()
    return wealth.numpy(), float(fall.mean()), fan


if __name__ == "__main__":
    common.main("torch", simulate, THREADS, f"torch {torch.__version__}")
