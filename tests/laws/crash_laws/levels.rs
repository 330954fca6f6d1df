//! The same cascade at every SIMD level.

use crate::crash_laws::markets::three_by_two;
use crate::crash_laws::months::{Addressed, Given, Normals, Seen, months_at};
use tailwheel::stage::Level;

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
