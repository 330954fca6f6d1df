//! A batch as JUnit XML, as CI servers read it.
//!
//! In: a [`BatchReport`]. Out: a suite for each file, a test case for each gate and for what a scenario
//! is held against, no times, as well-formed XML 1.0. Not here: what is found (`findings`).

use super::findings::{BASELINE, Finding, GATES, SIMULATES};
use super::{BatchReport, CasePart, GatePart, PlacePart, Standing, State};
use crate::report::gate::Advice;
use crate::units::is_acting;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Names with values, for programs that read JUnit XML.
type Properties = Vec<(String, String)>;

impl BatchReport {
    /// The text of `junit.xml`.
    pub fn to_junit(&self) -> String {
        let mut suites: BTreeMap<&str, Vec<Element>> = BTreeMap::new();
        for case in &self.cases {
            let suite = suites.entry(&case.file).or_default();
            suite.extend(self.tests_of(case));
        }
        if !self.missing.is_empty() || !self.missing_shards.is_empty() {
            let suite = suites.entry(BASELINE).or_default();
            suite.extend(self.of_missing());
        }
        let all: Vec<&Element> = suites.values().flatten().collect();
        let mut root = counted("testsuites", "tailwheel", &all);
        for (file, tests) in suites {
            let mut suite = counted("testsuite", file, &tests.iter().collect::<Vec<_>>());
            suite.inner = tests;
            root.inner.push(suite);
        }
        root.to_document()
    }

    fn tests_of(&self, case: &CasePart) -> Vec<Element> {
        let found = self.findings(case);
        let test = |name: &str, place: Option<&PlacePart>, properties: Properties| {
            let file = place.map_or(&case.file, |place| &place.file);
            let mut test = element_of(name, &case.id).with("file", file);
            if let Some(place) = place {
                test = test.with("line", place.line);
            }
            if !properties.is_empty() {
                let property = |(name, value)| {
                    Element::new("property")
                        .with("name", name)
                        .with("value", value)
                };
                let mut all = Element::new("properties");
                all.inner.extend(properties.into_iter().map(property));
                test.inner.push(all);
            }
            let of_test = found.iter().filter(|finding| finding.topic == name);
            test.inner.extend(ended(of_test.collect()));
            test
        };
        let gates = case.gates.iter();
        let gates = gates.map(|gate| test(&gate.id, gate.place.as_ref(), of_gate(case, gate)));
        let mut tests: Vec<Element> = gates.collect();
        if tests.is_empty() {
            tests.push(test(SIMULATES, None, of_case(case)));
        }
        let is_simulated = matches!(case.state, State::Simulated { .. });
        for (name, is_asked) in [
            (BASELINE, case.against.is_some()),
            (GATES, !case.gate_edits.is_empty()),
        ] {
            if is_simulated && is_asked {
                tests.push(test(name, None, Vec::new()));
            }
        }
        tests
    }

    /// Scenarios of the baseline and shards that are not there.
    fn of_missing(&self) -> impl Iterator<Item = Element> {
        let test = |class: &str, message: &str| {
            let mut test = element_of(BASELINE, class);
            test.inner
                .push(said("failure", message, "missing", message));
            test
        };
        let missing = self.missing.iter();
        let missing = missing.map(move |id| test(id, "the baseline has it and this batch has not"));
        let shards = self.missing_shards.iter();
        missing.chain(shards.map(move |number| {
            let class = format!("shard {number}");
            test(&class, "nothing of this shard was there to be merged")
        }))
    }
}

fn element_of(name: &str, class: &str) -> Element {
    let test = Element::new("testcase");
    test.with("name", name).with("classname", class)
}

/// With how many tests are in it, and how they ended.
fn counted(element: &'static str, name: &str, tests: &[&Element]) -> Element {
    let n = |ending: &str| {
        let has = |test: &&&Element| test.inner.iter().any(|inner| inner.name == ending);
        tests.iter().filter(has).count()
    };
    let element = Element::new(element).with("name", name);
    let element = element.with("tests", tests.len());
    let element = element.with("failures", n("failure"));
    element
        .with("errors", n("error"))
        .with("skipped", n("skipped"))
}

/// How a test ended of which so much was `found`, the worst of which decides; nothing if it passed.
fn ended(mut found: Vec<&Finding>) -> Option<Element> {
    found.sort_by_key(|finding| (!finding.is_counted, Reverse(finding.standing)));
    let worst = found.first()?;
    let place = |finding: &Finding| {
        let place = finding.at[0].place.as_ref();
        let is_one = finding.at.len() == 1;
        place.filter(|_| is_one).map(PlacePart::shown)
    };
    let body = |finding: &&Finding| {
        let lines = [Some(finding.body()), place(finding)];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    };
    let body = found.iter().map(body).collect::<Vec<_>>().join("\n\n");
    let (message, kind) = (&worst.message, &worst.kind);
    Some(match (worst.standing, worst.is_counted) {
        (Standing::NotRun, _) => Element::new("skipped").with("message", message),
        (Standing::Invalid, _) => said("error", message, "invalid", &body),
        (Standing::Failed, _) => said("error", message, kind, &body),
        (_, true) => said("failure", message, kind, &body),
        (_, false) => Element::new("system-out").around(&body),
    })
}

/// Viewers show the body and not always the message.
fn said(element: &'static str, message: &str, kind: &str, body: &str) -> Element {
    let element = Element::new(element).with("message", message);
    let body = if body.is_empty() { message } else { body };
    element.with("type", kind).around(body)
}

/// How a scenario was simulated; nothing if it was not.
fn of_case(case: &CasePart) -> Properties {
    let State::Simulated {
        paths,
        seeds,
        model_digest,
        ..
    } = &case.state
    else {
        return Vec::new();
    };
    let properties = [
        ("paths", paths.to_string()),
        ("seed", seeds.world.to_string()),
        ("parameter_seed", seeds.parameters.to_string()),
        ("model_digest", model_digest.clone()),
    ];
    properties
        .map(|(name, value)| (name.to_owned(), value))
        .into()
}

/// What a gate asks and what it found.
fn of_gate(case: &CasePart, gate: &GatePart) -> Properties {
    let number = |value: Option<f64>| value.map(|value| value.to_string());
    let answer = gate.answer.as_ref();
    let interval = answer.and_then(|answer| answer.interval());
    let [of_run, of_decide] = match gate.advice {
        Some(Advice::Paths { run, decide }) => [run, decide].map(Some),
        _ => [None; 2],
    };
    let range = |ends: Option<[u64; 2]>| ends.map(|[low, high]| format!("{low} to {high}"));
    let properties = [
        ("measure", Some(gate.measure.clone())),
        ("above", number(gate.above)),
        ("below", number(gate.below)),
        ("confidence", number(Some(gate.confidence))),
        ("estimate", number(answer.map(|answer| answer.value))),
        (
            "std_error",
            number(answer.and_then(|answer| answer.std_error())),
        ),
        ("interval_low", number(interval.map(|[low, _]| low))),
        ("interval_high", number(interval.map(|[_, high]| high))),
        (
            "level",
            number(
                answer
                    .filter(|_| interval.is_some())
                    .map(|answer| answer.level),
            ),
        ),
        ("unit", answer.map(|answer| answer.unit.word().to_owned())),
        ("paths", answer.map(|answer| answer.n.to_string())),
        ("paths_to_decide", range(of_run)),
        ("decide", range(of_decide)),
    ];
    let properties = properties.into_iter();
    let properties = properties.filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let choices = case.choices.iter();
    let choices = choices.map(|(axis, value)| (format!("choice.{axis}"), value.clone()));
    properties.chain(choices).collect()
}

/// An element with others or a text in it, or nothing.
struct Element {
    name: &'static str,
    attributes: String,
    text: Option<String>,
    inner: Vec<Element>,
}

impl Element {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: String::new(),
            text: None,
            inner: Vec::new(),
        }
    }

    /// With one more attribute.
    fn with(mut self, key: &str, value: impl ToString) -> Self {
        let value = escaped(&value.to_string(), |c| match c {
            // a bare line break would be read as a space
            '\n' => Some("&#10;"),
            '\t' => Some("&#9;"),
            _ => None,
        });
        self.attributes.push_str(&format!(" {key}=\"{value}\""));
        self
    }

    /// Around a text.
    fn around(mut self, text: &str) -> Self {
        self.text = Some(escaped(text, |c| match c {
            '\n' => Some("\n"),
            '\t' => Some("\t"),
            _ => None,
        }));
        self
    }

    /// The document of which it is the root.
    fn to_document(&self) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        self.write(&mut text, "");
        text
    }

    fn write(&self, out: &mut String, indent: &str) {
        let Self {
            name, attributes, ..
        } = self;
        out.push_str(&format!("{indent}<{name}{attributes}"));
        match &self.text {
            Some(text) => out.push_str(&format!(">{text}</{name}>\n")),
            None if self.inner.is_empty() => out.push_str("/>\n"),
            None => {
                out.push_str(">\n");
                let deeper = format!("{indent}  ");
                self.inner
                    .iter()
                    .for_each(|inner| inner.write(out, &deeper));
                out.push_str(&format!("{indent}</{name}>\n"));
            }
        }
    }
}

/// Signs of the markup written out; control characters, which XML cannot hold, left away.
fn escaped(text: &str, white_space: impl Fn(char) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c if is_acting(c) => out.push_str(white_space(c).unwrap_or_default()),
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_it_or_break_the_document() {
        let nasty = "a<b>&\"'\u{0}\u{1b}[31m\u{7f}\u{85}\u{ffff}]]>\n\té";
        let text = Element::new("t").with("a", nasty).around(nasty);
        let shown = "a&lt;b&gt;&amp;&quot;&apos;[31m]]&gt;";
        assert!(
            text.to_document()
                .ends_with(&format!("<t a=\"{shown}&#10;&#9;é\">{shown}\n\té</t>\n"))
        );
    }

    #[test]
    fn elements_are_closed_in_the_order_in_which_they_were_opened() {
        let [mut a, mut b] = [Element::new("a").with("n", 1), Element::new("b")];
        b.inner.push(Element::new("c"));
        a.inner.push(b);
        let text = a.to_document();
        assert!(
            text.ends_with("<a n=\"1\">\n  <b>\n    <c/>\n  </b>\n</a>\n"),
            "{text}"
        );
    }
}
