use super::*;
use crate::math::values::NumberSource;
use crate::math::values::tests::filed;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Test samples of `n` numbers each: smooth, lumped, all equal, zeros of both signs, a lump beside a wide tail,
/// almost equal, and wide.
pub fn laws(n: usize) -> Vec<Vec<f64>> {
    let mut generator = ChaCha8Rng::seed_from_u64(7);
    let mut uniform = move || (generator.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut of = |law: &mut dyn FnMut(f64) -> f64| (0..n).map(|_| law(uniform())).collect();
    vec![
        of(&mut |u| 10.0 * u - 3.0),
        of(&mut |u| (4.0 * u).floor() - 2.0),
        of(&mut |_| 2.5),
        of(&mut |u| if u < 0.5 { -0.0 } else { 0.0 }),
        of(&mut |u| if u < 0.9 { 0.0 } else { 1.0 / (1.0001 - u) }),
        of(&mut |u| 1.0 + 1e-13 * (u * 1e3).floor()),
        of(&mut |u| (u - 0.5) / (u + 1e-12)),
    ]
}

#[test]
fn numbers_in_passes_are_those_in_memory_bit_for_bit() {
    for n in [1, 2, 600, 40_000] {
        for values in laws(n) {
            let held = Ordered::of(&values.clone().into());
            let streamed = Ordered::of(&filed(&values));
            assert!(matches!(streamed, Ordered::Streamed(_)));
            let all = |of: &Ordered, ranks: Range<usize>| {
                let mut bits = Vec::new();
                of.rise(ranks, |piece| bits.extend(piece.iter().map(|v| v.to_bits())));
                bits
            };
            assert_eq!(all(&held, 0..n), all(&streamed, 0..n));
            assert_eq!(all(&held, n / 3..n / 2), all(&streamed, n / 3..n / 2));
            streamed.prepare(&[0, n / 2, n - 1]);
            for rank in [0, n / 7, n / 2, n - 1] {
                let value = held.at(rank);
                assert_eq!(value.to_bits(), streamed.at(rank).to_bits());
                for near in [value, value.next_up(), value.next_down(), 0.0, -0.0] {
                    assert_eq!(held.n_below(near), streamed.n_below(near), "{near:?}");
                    assert_eq!(held.n_up_to(near), streamed.n_up_to(near), "{near:?}");
                }
            }
            assert_eq!(held.is_even(), streamed.is_even());
            let square = |x: f64| x * x;
            assert_eq!(held.sum(0..n, square), streamed.sum(0..n, square));
        }
    }
    let none = Ordered::of(&filed(&[]));
    assert_eq!((none.n(), none.n_below(1.0), none.is_even()), (0, 0, true));
}

#[test]
fn squares_and_functions_are_those_of_a_copy_in_order() {
    for n in [1, 2, 5, 3_000] {
        for values in laws(n) {
            let held = in_order(&values);
            let centre = held.iter().sum::<f64>() / n as f64;
            for centre in [centre, held[0] - 1.0, held[n - 1] + 1.0, held[n / 2]] {
                let copy = in_order(&held.iter().map(|x| (x - centre) * (x - centre)).collect::<Vec<f64>>());
                is_like(&Squares::of(&held, centre), &copy);
                let of = move |x: f64| (x - centre).max(0.0);
                let copy: Vec<f64> = held.iter().map(|x| of(*x)).collect();
                is_like(&Mapped { values: &held, of }, &copy);
            }
        }
    }
}

fn is_like<R: Rising>(view: &R, copy: &[f64]) {
    let n = copy.len();
    for ranks in [0..n, n / 3..n, n / 2..n / 2 + n / 4] {
        let mut all = Vec::new();
        view.rise(ranks.clone(), |piece| all.extend_from_slice(piece));
        assert_eq!(all, copy[ranks]);
    }
    for rank in [0, n / 7, n / 2, n - 1] {
        assert_eq!(view.at(rank), copy[rank]);
        assert_eq!(view.n_below(copy[rank]), copy.n_below(copy[rank]));
        assert_eq!(view.n_up_to(copy[rank]), copy.n_up_to(copy[rank]));
    }
}

/// A source of numbers whose reads fail, and give zeros, if the number of the read lies in a range.
#[derive(Debug)]
struct Failing {
    values: Vec<f64>,
    n_reads: AtomicUsize,
    fails: Range<usize>,
}

impl NumberSource for Failing {
    fn n(&self) -> usize {
        self.values.len()
    }

    fn read(&self, from: usize, into: &mut [f64]) {
        let number = self.n_reads.fetch_add(1, Ordering::Relaxed);
        if self.fails.contains(&number) {
            into.fill(0.0)
        } else {
            into.copy_from_slice(&self.values[from..from + into.len()])
        }
    }
}

#[test]
fn numbers_that_cannot_be_read_again_have_a_place_for_every_rank() {
    // on one thread reads come in one order
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let fails = || (0..60).flat_map(|from| [from..usize::MAX, from..from + 1]);
    for n in [600, 40_000] {
        for (values, fails) in laws(n).iter().flat_map(|values| fails().map(move |fails| (values, fails))) {
            let rows = Failing { values: values.clone(), n_reads: AtomicUsize::new(0), fails: fails.clone() };
            let ordered = alone.install(|| Ordered::of(&Values::Source(Arc::new(rows))));
            alone.install(|| {
                for ranks in [0..n, n / 3..n / 2, n - 1..n] {
                    let mut n_risen = 0;
                    ordered.rise(ranks.clone(), |piece| n_risen += piece.len());
                    assert_eq!(n_risen, ranks.len(), "{fails:?}");
                    ordered.sum(ranks, |x| x * x);
                }
                ordered.prepare(&[0, n / 2, n - 1]);
                for rank in [0, n / 7, n / 2, n - 1] {
                    let value = ordered.at(rank);
                    assert!(ordered.n_below(value) <= n && ordered.n_up_to(value) <= n);
                }
                ordered.is_even();
            });
        }
    }
}
