//! Keys without effect, because the key that they belong to is absent.

use crate::form::{Reader, fault};

/// Refuses those of `keys` that the file contains and drops the defaults of all. `why` names the reason for a
/// key, `instead` is an example of a line with which the keys have an effect.
pub(super) fn refuse<'k>(
    keys: impl IntoIterator<Item = &'k str>,
    why: impl Fn(&str) -> String,
    instead: &str,
    reader: &mut Reader<'_>,
) {
    for key in keys {
        if reader.says(key) {
            fault!(reader, "income", "{}", why(key); reader.place_of(key) => "has no effect here";
                such_as: "{instead}");
        }
        reader.forget(key);
    }
}
