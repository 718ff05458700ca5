//! What Windows tells without an administrator: the power scheme.

use super::Finding;

/// `powercfg /getactivescheme`. Names are translated, identifiers are not.
fn scheme(text: Option<&str>) -> Finding {
    const NAME: &str = "power scheme";
    const HIGH: &str = "8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c";
    const ULTIMATE: &str = "e9a42b02-d5df-448d-aa00-03f14749eb61";
    const SAVER: &str = "a1841308-3541-4fab-bc81-f71556f20b4a";
    const MEND: &str = "powercfg /setactive SCHEME_MIN";
    let text = text.unwrap_or_default().to_lowercase();
    let is = |scheme: &str| text.contains(scheme);
    match (is(HIGH) || is(ULTIMATE), is(SAVER), text.contains('-')) {
        (true, ..) => Finding::ok(NAME, "high performance", "the clock does not wait for load."),
        (_, true, _) => Finding::disturbs(
            NAME,
            "power saver",
            "the clock is held down: times are longer than this machine needs.",
            MEND,
        ),
        (_, _, true) => Finding::note(
            NAME,
            "balanced, or one of your own",
            "the clock follows the load: the first calls after a pause are slower.",
            MEND,
        ),
        _ => Finding::unreadable(NAME),
    }
}

/// Looks at everything that has a source here.
#[cfg(target_os = "windows")]
pub(super) fn examine() -> Vec<Finding> {
    let output = std::process::Command::new("powercfg").arg("/getactivescheme").output().ok();
    let text = output.filter(|output| output.status.success());
    let text = text.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let mut findings = vec![scheme(text.as_deref())];
    findings.extend(
        ["load", "virtual machine", "power", "turbo", "heat", "kinds of cores"]
            .map(Finding::unknown),
    );
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Severity::{Disturbs, Note, Ok};

    #[test]
    fn schemes_are_known_by_their_identifier() {
        let severity = |id| scheme(Some(&format!("Power Scheme GUID: {id}  (x)\n"))).severity;
        assert_eq!(severity("8C5E7FDA-e8bf-4a96-9a85-a6e23a8c635c"), Ok);
        assert_eq!(severity("a1841308-3541-4fab-bc81-f71556f20b4a"), Disturbs);
        assert_eq!(severity("381b4222-f694-41f0-9685-ff5bb260df2e"), Note);
        assert_eq!(scheme(None).found, "cannot be read here");
    }
}
