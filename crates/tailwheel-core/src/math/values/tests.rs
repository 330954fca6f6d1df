use super::*;

/// Stand-in for numbers in a file: they count as too many to be in memory all at once.
#[derive(Debug)]
struct Filed(Vec<f64>);

impl NumberSource for Filed {
    fn n(&self) -> usize {
        self.0.len()
    }

    fn read(&self, from: usize, into: &mut [f64]) {
        into.copy_from_slice(&self.0[from..from + into.len()]);
    }
}

pub fn filed(values: &[f64]) -> Values {
    Values::Source(Arc::new(Filed(values.to_vec())))
}

#[test]
fn whole_numbers_take_fewer_bytes_and_keep_every_bit() {
    let cases: [(Vec<f64>, &str); 6] = [
        (vec![0.0, 3.0, 65_535.0], "U16"),
        (vec![0.0, 65_536.0], "U32"),
        (vec![0.0, 4_294_967_296.0], "F64"),
        (vec![0.5, 1.0], "F64"),
        (vec![-1.0], "F64"),
        (vec![-0.0, 1.0], "F64"),
    ];
    for (values, kind) in cases {
        let compact = Values::compact(values.clone());
        assert!(format!("{compact:?}").starts_with(kind), "{compact:?}");
        let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&compact.all()), bits(&values));
    }
}

#[test]
fn sums_counts_and_ends_are_the_same_wherever_the_numbers_stand() {
    let of = |path: usize| (path * 7_919 % 100_003) as f64 / 7.0 - 5e3;
    let values: Vec<f64> = (0..3 * PIECE + 17).map(of).collect();
    let (held, filed) = (Values::from(values.clone()), filed(&values));
    let lazily = held.clone().map(|value| value);
    for other in [&filed, &lazily] {
        assert_eq!(held.sum(|x| x * x), other.sum(|x| x * x));
        assert_eq!(held.count(|x| x > 1.0), other.count(|x| x > 1.0));
        assert_eq!(held.ends(), other.ends());
        assert_eq!(held.at(PIECE + 1), other.at(PIECE + 1));
        assert_eq!(held.first(PIECE + 5).to_vec(), other.first(PIECE + 5).to_vec());
    }
    assert!(filed.is_streamed() && !lazily.is_streamed());
    assert!(filed.zip(&held, |a, b| a - b).all_meet(|x| x == 0.0));
    assert!(!filed.map(|x| 2.0 * x).all_meet(|x| x < 1_000.0));
}
