//! Who needs a cascade, block by block of paths; and the same cascade at every SIMD level.

use crate::markets::three_by_two;
use crate::months::{Addressed, Given, Normals, Seen, months_at};
use crate::random_system::{case, thousands};
use proptest::prelude::*;
use tailwheel::crash::{Cascade, mark_triggered};
use tailwheel::random::{LANES, Lanes};
use tailwheel::stage::{Level, Work};

/// Marks of a block, and whether there are any.
struct Marks<'a>(&'a tailwheel::crash::System, &'a [Lanes]);

impl Work for Marks<'_> {
    type Output = (Lanes, bool);

    #[inline(always)]
    fn run(self) -> (Lanes, bool) {
        let mut marks = Lanes::splat(9.0);
        let any = mark_triggered(self.0, self.1, &mut marks);
        (marks, any)
    }
}

proptest! {
    #![proptest_config(thousands(500))]

    #[test]
    fn a_block_is_marked_like_its_paths_one_by_one(case in case(), name: u64) {
        let case = case.plain();
        let system = case.system();
        let mut normals = Normals::new(&name.to_string());
        let row = |loss: &f64| Lanes([0.0; LANES].map(|_| 0.2f64.mul_add(normals.one(), *loss)));
        let losses: Vec<Lanes> = case.losses.iter().map(row).collect();
        let expected: Vec<f64> = (0..LANES)
            .map(|lane| {
                let losses: Vec<f64> = losses.iter().map(|row| row[lane]).collect();
                let mut month = case.month();
                month.losses = &losses;
                f64::from(u8::from(Cascade::is_triggered(&system, &month)))
            })
            .collect();
        for level in Level::supported() {
            let (marks, any) = level.run(Marks(&system, &losses));
            prop_assert_eq!(&marks[..], &expected[..]);
            prop_assert_eq!(any, expected.contains(&1.0));
        }
    }
}

#[test]
fn a_loss_exactly_at_the_first_trigger_is_marked() {
    let system = crate::months::one_cluster(0.1, 0.25, 0.1, 10);
    for (loss, mark) in [(0.25_f64, 1.0), (0.25_f64.next_down(), 0.0)] {
        let mut losses = Lanes::ZERO;
        losses[200] = loss;
        let (marks, any) = Level::detect().run(Marks(&system, &[losses]));
        assert_eq!((marks[200], any), (mark, mark == 1.0));
        assert_eq!(marks.iter().sum::<f64>(), mark);
    }
}

#[test]
fn a_cascade_has_the_same_bits_at_every_simd_level() {
    let system = three_by_two(200, 1.3);
    let at = |level: Level| -> Vec<[u64; 3]> {
        let mut normals = Normals::new("levels");
        months_at(
            level,
            &system,
            2_000,
            Addressed::new("levels", 2),
            |given: &mut Given| {
                given.losses.fill_with(|| 0.1 * normals.one());
                given.obeying[1] = u32::from(normals.one() > 1.5) * 7;
            },
            |seen: &Seen<'_>| [0, 1, 2].map(|market| seen.total(market).to_bits()),
        )
    };
    let baseline = at(Level::BASELINE);
    for level in Level::supported() {
        assert!(at(level) == baseline, "{level:?}");
    }
}
