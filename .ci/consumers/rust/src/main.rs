//! Reads JUnit files with the library of cargo-nextest.

use quick_junit::{Report, TestCaseStatus};
use std::{env, fs};

fn main() {
    for path in env::args().skip(1) {
        let text = fs::read_to_string(&path).expect("a file");
        let report =
            Report::deserialize_from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let cases: Vec<_> = report
            .test_suites
            .iter()
            .flat_map(|suite| &suite.test_cases)
            .collect();
        let failed = cases
            .iter()
            .filter(|case| matches!(case.status, TestCaseStatus::NonSuccess { .. }))
            .count();
        assert_eq!(report.tests, cases.len(), "{path}");
        assert_eq!(report.failures + report.errors, failed, "{path}");
        assert!(!cases.is_empty(), "{path}");
        println!(
            "{path}: quick-junit reads {} tests, {failed} failed",
            cases.len()
        );
    }
}
