//! Markets that fall together more often than apart.

use crate::engine::CoMovement;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::Distribution;

/// Two markets that share half of their variance; agents deepen the falls of both, most of all in crashes.
pub fn co_movement(n_paths: usize, n_months: usize, n_worlds: usize) -> CoMovement {
    let mut generator = ChaCha8Rng::seed_from_u64(2);
    let names = ["media", "saas"];
    CoMovement::tabulate(&names, n_paths, n_months, n_worlds, |_, _, worlds| {
        let draws: [f64; 3] = std::array::from_fn(|_| rand_distr::StandardNormal.sample(&mut generator));
        let returns = [draws[0] + draws[1], draws[0] + draws[2]].map(|x| 0.1 * x);
        let is_crash = draws[0] < -1.2;
        for (world, values) in worlds.iter_mut().rev().enumerate() {
            let pushed = match (world, is_crash) {
                (0, _) => 0.0,
                (_, true) => 0.1 * draws[0],
                (_, false) => 0.01 * draws[0],
            };
            values.copy_from_slice(&returns.map(|x| x + pushed));
        }
        is_crash
    })
}
