//! What every quantity and measure declares.

use super::*;
use std::collections::BTreeSet;

#[test]
fn every_quantity_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = quantities().collect();
    assert_eq!(names.len(), quantities().count());
}

#[test]
fn measures_of_objects_name_them_and_no_others_do() {
    for kind in KINDS {
        let of_track = match kind.track {
            Tracking::Whole(_) => [Scope::Portfolio].as_slice(),
            Tracking::EachAsset(_) => &[Scope::EachAsset],
            Tracking::EachEvent(_) => &[Scope::EachEvent],
            Tracking::EachCause(_) => &[Scope::EachCause],
            Tracking::EachState(_) => &[Scope::EachState],
            Tracking::EachMove(_) => &[Scope::EachMove],
            Tracking::Nothing => &[Scope::Portfolio, Scope::EachCause],
        };
        for declared in kind.measures {
            assert!(of_track.contains(&Scope::of(declared.id)), "{}", declared.id);
        }
    }
}
