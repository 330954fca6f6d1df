use super::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

fn any_doubles(n: usize, seed: u64) -> Vec<f64> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let mut values = Vec::new();
    while values.len() < n {
        let value = f64::from_bits(generator.next_u64());
        if value.is_finite() && value.abs() < 1e300 {
            values.push(value);
        }
    }
    values
}

#[test]
fn one_summand_comes_back_with_the_same_bits() {
    let edges = [0.0, 5e-324, -5e-324, f64::MIN_POSITIVE, f64::MAX, f64::MIN, 1.0, -0.1];
    for value in edges.into_iter().chain(any_doubles(2000, 1)) {
        let sum: Sum = [value].into_iter().collect();
        assert_eq!(sum.value().to_bits(), value.to_bits());
    }
}

#[test]
fn two_summands_are_rounded_as_the_processor_rounds_them() {
    let near = |value: &f64| f64::from_bits(value.to_bits() ^ (value.to_bits() << 7 & FRACTION));
    for value in any_doubles(5000, 2) {
        for other in [near(&value), -near(&value), value * 1e-13, 1e-16 * value, 0.5 * value] {
            let sum: Sum = [value, other].into_iter().collect();
            assert_eq!(sum.value(), value + other, "{value:e} + {other:e}");
        }
    }
}

#[test]
fn ties_go_to_even_and_a_bit_far_below_breaks_them() {
    let ulp = f64::EPSILON;
    let sum = |values: &[f64]| values.iter().copied().collect::<Sum>().value();
    assert_eq!(sum(&[1.0, 0.5 * ulp]), 1.0);
    assert_eq!(sum(&[1.0 + ulp, 0.5 * ulp]), 1.0 + 2.0 * ulp);
    assert_eq!(sum(&[1.0, 0.5 * ulp, 5e-324]), 1.0 + ulp);
    assert_eq!(sum(&[1.0 + ulp, 0.5 * ulp, -5e-324]), 1.0 + ulp);
    assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]), f64::MAX);
    assert_eq!(sum(&[f64::MAX, f64::MAX]), f64::INFINITY);
    assert_eq!(sum(&[-f64::MAX, -f64::MAX]), f64::NEG_INFINITY);
    assert_eq!(sum(&[1e300, 1.0, -1e300]), 1.0);
    assert_eq!(sum(&[f64::MIN_POSITIVE, -5e-324]), f64::MIN_POSITIVE - 5e-324);
    assert!(sum(&[1.0, f64::INFINITY, 2.0]).is_nan());
}

#[test]
fn neither_order_nor_split_changes_the_sum() {
    let values = any_doubles(3000, 3);
    let whole: Sum = values.iter().copied().collect();
    let backwards: Sum = values.iter().rev().copied().collect();
    assert_eq!(whole, backwards);
    for parts in [2, 7, 100] {
        let mut merged = Sum::new();
        for part in values.chunks(values.len() / parts).rev() {
            merged.merge(&part.iter().copied().collect());
            // carrying early changes nothing
            merged.carry();
        }
        assert_eq!(whole, merged);
        assert_eq!(whole.value().to_bits(), merged.value().to_bits());
    }
}

#[test]
fn many_at_once_are_the_same_sum() {
    for seed in 7..12 {
        let mut values = any_doubles(3000, seed);
        values.extend([5e-324, -5e-324, f64::MIN_POSITIVE, 0.1, -0.0]);
        // nearly everything cancels, and one exponent has most of the summands
        values.extend(any_doubles(2990, seed).into_iter().map(|value| -value));
        values.extend([1.1; 5_000]);
        let one_by_one: Sum = values.iter().copied().collect();
        assert_eq!(Sum::of_many(values.iter().copied()).value().to_bits(), one_by_one.value().to_bits());
        let all_and_its_opposite: Sum = values.iter().flat_map(|value| [*value, -value]).collect();
        assert_eq!(all_and_its_opposite.value().to_bits(), 0);
    }
    assert!(Sum::of_many([1.0, f64::NAN]).value().is_nan());
    assert!(Sum::of_many([f64::NEG_INFINITY]).value().is_nan());
    assert_eq!(Sum::of_many([]).value(), 0.0);
}

#[test]
fn integers_sum_as_integers() {
    let mut generator = ChaCha8Rng::seed_from_u64(5);
    let (mut sum, mut exact) = (Sum::new(), 0i128);
    for _ in 0..10_000 {
        let value = (generator.next_u64() as i64 >> (generator.next_u32() % 60)) as f64;
        sum.add(value);
        exact += value as i128;
    }
    assert_eq!(sum.value(), exact as f64);
}

#[test]
fn a_sum_that_was_written_and_read_goes_on_as_if_it_had_not_been() {
    let written = |sum: &Sum| Vec::from(sum.clone());
    let (most, least) = (f64::MAX, 5e-324);
    let summands: [&[f64]; 8] = [
        &[],
        &[0.0],
        &[f64::NAN],
        &[1.0, 1e-300, -1.0],
        &[-1e300, least],
        &[most, most],
        &[-most, -most, -least],
        &[120_000.25, 0.1, 1e9],
    ];
    for first in summands {
        for more in summands {
            let mut sum: Sum = first.iter().copied().collect();
            let mut read = Sum::try_from(written(&sum)).expect("it was written");
            assert_eq!(read, sum);
            sum.extend(more.iter().copied());
            read.extend(more.iter().copied());
            assert_eq!(read.value().to_bits(), sum.value().to_bits());
            assert_eq!(written(&read), written(&sum));
        }
    }
    let mut backward: Sum = [-3.5, 1e16].into_iter().collect();
    backward.merge(&Sum::from_iter([1.0]));
    assert_eq!(written(&Sum::from_iter([1e16, 1.0, -3.5])), written(&backward));
}

#[test]
fn limbs_that_no_sum_has_are_refused() {
    let with = |place: usize, limb: i64| {
        let mut limbs = vec![0; LIMBS];
        limbs[place] = limb;
        Sum::try_from(limbs).is_ok()
    };
    assert!(with(3, u32::MAX.into()) && with(LIMBS - 1, -5));
    assert!(!with(3, 1 << 32) && !with(3, -1));
    assert!(!with(LIMBS - 1, i64::MIN) && !with(LIMBS - 1, 1 << 62));
    assert!(Sum::try_from(vec![0; LIMBS - 1]).is_err());
}
