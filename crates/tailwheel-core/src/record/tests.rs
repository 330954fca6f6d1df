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
        let of_assets = matches!(kind.track, Followed::EachAsset(_));
        let of_events = matches!(kind.track, Followed::EachEvent(_));
        let of_states = matches!(kind.track, Followed::EachState(_));
        let of_moves = matches!(kind.track, Followed::EachMove(_));
        let of_causes = matches!(kind.track, Followed::EachCause(_) | Followed::Derived);
        for declared in kind.measures {
            assert_eq!(declared.id.contains(NAME), of_assets, "{}", declared.id);
            assert_eq!(declared.id.contains(EVENT), of_events, "{}", declared.id);
            assert_eq!(declared.id.contains(STATE_NAME), of_states, "{}", declared.id);
            assert_eq!(declared.id.contains(CAUSE), of_causes, "{}", declared.id);
            assert_eq!(declared.id.contains(PLACE), of_moves, "{}", declared.id);
        }
    }
}
