//! `fault!`: one fault of a document in one statement, and the table of all fault codes.
//!
//! In: code, message, places and notes. Out: [`Diagnostic`](super::Diagnostic). Not here: its layout (`render`).

/// Codes of all faults, as in the brackets of `error[…]`, sorted.
const CODES: &[&str] = &[
    "audience", "axis", "basis", "choice", "class", "code", "compliance", "copula", "correlation", "cover",
    "crash", "currency", "custody", "denomination", "drop", "duplicate", "encoding", "event", "exclude",
    "expect", "extends", "file", "flow", "flywheel", "goal", "hours", "income", "jumps", "launch", "law",
    "missing", "model", "name", "not-in-version", "not-modeled", "number", "percent", "process", "range",
    "removed", "residence", "set", "shares", "shock", "size", "subscription", "syntax", "text", "traffic",
    "type", "unit", "unknown-axis", "unknown-cluster", "unknown-key", "unknown-kind", "unknown-market",
    "unknown-value", "variant",
];

/// Returns `code`; a call with a code that is not in `CODES` does not compile.
pub const fn listed(code: &'static str) -> &'static str {
    let mut at = 0;
    while at < CODES.len() {
        if equal(CODES[at].as_bytes(), code.as_bytes()) {
            return code;
        }
        at += 1;
    }
    panic!("this code is not in the table of codes")
}

const fn equal(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    a.len() == b.len() && at == a.len()
}

/// Builds a fault: `fault!("code", "message"; place => "label"; other_place => "label"; rule: "text")`. With a
/// collection in front, `fault!(faults, "code", …)`, it is pushed there; a `reader` knows the places of its keys,
/// so that a label may name a key: `"income" => "label"`. Every text is a format with arguments.
macro_rules! fault {
    ($code:literal, $($rest:tt)*) => { $crate::form::fault!(@ () $code, $($rest)*) };
    (@ ($($into:expr)?) $code:literal, $text:literal $(, $value:expr)* $(; $($rest:tt)*)?) => {{
        let fault = $crate::form::Diagnostic::new(const { $crate::form::listed($code) }, format!($text $(, $value)*));
        $crate::form::fault!(@ ($($into)?) fault; at; $($($rest)*)?)
    }};
    (@ ($($into:expr)?) $fault:expr; $label:ident;) => { $fault };
    (@ ($($into:expr)?) $fault:expr; $label:ident; $note:ident: $text:literal $(, $value:expr)* $(; $($rest:tt)*)?) => {
        $crate::form::fault!(
            @ ($($into)?) $fault.note($crate::form::fault!(@name $note), format!($text $(, $value)*));
            $label; $($($rest)*)?
        )
    };
    (@ ($into:expr) $fault:expr; $label:ident; $key:literal => $text:literal $(, $value:expr)* $(; $($rest:tt)*)?) => {
        $crate::form::fault!(
            @ ($into) $fault.$label($into.place_of($key), format!($text $(, $value)*)); and; $($($rest)*)?
        )
    };
    (@ ($($into:expr)?) $fault:expr; $label:ident; $place:expr => $text:literal $(, $value:expr)* $(; $($rest:tt)*)?) => {
        $crate::form::fault!(
            @ ($($into)?) $fault.$label($place, format!($text $(, $value)*)); and; $($($rest)*)?
        )
    };
    (@name such_as) => { "such as" };
    (@name in_case) => { "in case" };
    (@name $note:ident) => { stringify!($note) };
    ($into:expr, $code:literal, $($rest:tt)*) => {{
        let fault = $crate::form::fault!(@ ($into) $code, $($rest)*);
        $into.push(fault)
    }};
}
pub(crate) use fault;
