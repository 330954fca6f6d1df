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
            Followed::Whole(_) => [Scope::Portfolio].as_slice(),
            Followed::EachAsset(_) => &[Scope::EachAsset],
            Followed::EachEvent(_) => &[Scope::EachEvent],
            Followed::EachCause(_) => &[Scope::EachCause],
            Followed::EachState(_) => &[Scope::EachState],
            Followed::EachMove(_) => &[Scope::EachMove],
            Followed::Nothing => &[Scope::Portfolio, Scope::EachCause],
        };
        for declared in kind.measures {
            assert!(of_track.contains(&Scope::of(declared.id)), "{}", declared.id);
        }
    }
}
