//! What belongs into a manifest, for four kinds of program: of what is said to help each, the lines
//! that did here, with what they gained and cost.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::{seconds, speed_of};
use crate::html::Column::{Figures, Words};
use crate::html::{listing, table};
use crate::markdown::Markdown;
use judge::builds::{ProgramSummary, VariantSummary};
use judge::stats::{PAYS, Verdict};
use judge::words::format;

/// A kind of program.
struct Kind {
    /// What it is called.
    name: &'static str,
    /// What it wants.
    wants: &'static str,
    /// Whether a smaller file alone is worth a line.
    size: bool,
    /// Whether speed alone is.
    speed: bool,
    /// Variants of one change each, which are said to help it.
    tries: &'static [&'static str],
    /// What no figure says.
    but: &'static str,
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "A service",
        wants: "It runs for weeks on known machines and is built by a server that has time: speed.",
        size: false,
        speed: true,
        tries: &["lto-thin", "lto-fat", "one-unit", "cpu-v3", "mimalloc", "pgo"],
        but: "Not `panic = \"abort\"`, whatever it gains: one request that panics would end all \
              others. A profile is trained on requests as they come, and anew when they change.",
    },
    Kind {
        name: "A command-line tool",
        wants: "It is downloaded, started often, and runs anywhere: a small file, and speed.",
        size: true,
        speed: true,
        tries: &["lto-fat", "one-unit", "abort", "strip", "pgo"],
        but: "No `target-cpu`: on an older processor it would end with an illegal instruction.",
    },
    Kind {
        name: "What must be small",
        wants: "A library for a web page, or for a device: bytes, and speed only where it is free.",
        size: true,
        speed: false,
        tries: &["opt-s", "opt-z", "lto-fat", "one-unit", "abort", "strip"],
        but: "Of `\"s\"` and `\"z\"` take one, and measure: the smaller is not always `\"z\"`.",
    },
    Kind {
        name: "A batch job",
        wants: "It runs for hours on machines of one's own, the one that builds it among them: \
                speed.",
        size: false,
        speed: true,
        tries: &["lto-fat", "one-unit", "cpu-native", "mimalloc", "pgo", "pgo-fat"],
        but: "`target-cpu=native` means the machine that builds: build where it runs. What BOLT adds \
              to a profile, the table above says: compare `bolt` with `pgo-fat-one`.",
    },
];
/// A file this many times the base's is worth a line where size counts.
const SMALLER: f64 = 0.95;

impl Kind {
    /// Whether this program wants a variant, by what it did here.
    fn takes(&self, rules: &ProgramSummary, variant: &VariantSummary) -> bool {
        let gains = variant.first().is_some_and(|standing| {
            standing.verdict == Verdict::Faster && standing.ratio.mid >= PAYS
        });
        let file = rules.costs(&variant.record.name, |cost| cost.file);
        let shrinks = file.is_some_and(|file| file <= SMALLER);
        self.speed && gains || self.size && shrinks
    }
}

/// All four.
pub fn section(rules: &ProgramSummary) -> Markdown {
    let mut section = Markdown::default();
    for kind in &KINDS {
        section.heading(3, kind.name);
        section.words(kind.wants);
        section.block(&of(kind, rules));
        section.words(kind.but);
    }
    section
}

fn of(kind: &Kind, rules: &ProgramSummary) -> Markup {
    let tried: Vec<&VariantSummary> =
        kind.tries.iter().filter_map(|name| rules.variant(name)).collect();
    let columns = [
        Words("line"),
        Figures("speed"),
        Figures("file"),
        Figures("clean build"),
        Figures("incremental"),
        Words("here"),
    ];
    let share = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), format::ratio);
    let row = |variant: &&VariantSummary| {
        let name = &variant.record.name;
        let cost = |of| share(rules.costs(name, of));
        let takes = kind.takes(rules, variant);
        [
            html! { code { (variant.record.settings.join(", ")) } },
            speed_of(variant.first()),
            html! { (cost(|cost| cost.file)) },
            html! { (cost(|cost| cost.clean)) },
            html! { (cost(|cost| cost.incremental)) },
            html! { @if takes { strong { "take it" } } @else { "leave it" } },
        ]
    };
    html! {
        (table(columns, tried.iter().map(row)))
        (listing("toml", &manifest(kind, rules, &tried)))
    }
}

/// The lines that are worth it, as they stand in files, each with what it did.
fn manifest(kind: &Kind, rules: &ProgramSummary, tried: &[&VariantSummary]) -> String {
    let taken = tried.iter().filter(|variant| kind.takes(rules, variant));
    let (mut profile, mut rest): (Vec<String>, Vec<String>) = Default::default();
    let mut keys: Vec<&str> = Vec::new();
    let mut best: Vec<&&VariantSummary> = taken.collect();
    // Of two values of one key the better one stays.
    best.sort_by(|one, other| worth(kind, other).total_cmp(&worth(kind, one)));
    for variant in best {
        let figures = figures(rules, variant);
        let [setting] = variant.record.settings.as_slice() else {
            let all = variant.record.settings.join(", ");
            rest.push(format!("# together, {all}: {figures}"));
            continue;
        };
        match setting.split_once(" = ") {
            Some((key, _)) if keys.contains(&key) => {}
            Some((key, _)) => {
                keys.push(key);
                profile.push(format!("{setting} # {figures}"));
            }
            None => rest.push(format!("# beside it, {setting}: {figures}")),
        }
    }
    let mut text = "[profile.release]\n".to_owned();
    if profile.is_empty() {
        text.push_str("# nothing: as cargo has it\n");
    }
    for line in profile.iter().chain(&rest) {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// How much a kind of program likes a variant.
fn worth(kind: &Kind, variant: &VariantSummary) -> f64 {
    let speed = variant.first().map_or(1.0, |standing| standing.ratio.mid);
    let size = variant.cost.map_or(1.0, |cost| cost.file.max(1) as f64);
    if kind.speed { speed } else { 1.0 / size }
}

/// "1.25× as fast, file 0.80×, clean build 3.0×, which is 12 s".
fn figures(rules: &ProgramSummary, variant: &VariantSummary) -> String {
    let name = &variant.record.name;
    let speed = match variant.first() {
        Some(standing) if standing.verdict != Verdict::CannotTell => {
            format!("{} as fast", format::ratio(standing.ratio.mid))
        }
        _ => "as fast".to_owned(),
    };
    let share = |of| rules.costs(name, of).map_or_else(|| "–".to_owned(), format::ratio);
    let clean = variant.cost.map_or_else(|| "–".to_owned(), |cost| seconds(cost.clean));
    format!(
        "{speed}, file {}, clean build {}: {clean}",
        share(|cost| cost.file),
        share(|cost| cost.clean)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::BuildOutcome;
    use record::fixture::builds;

    /// The fixture, its variants under names that kinds of program try.
    fn named() -> record::Builds {
        let mut builds = builds();
        let variants = &mut builds.programs[0].variants;
        (variants[1].name, variants[2].name) = ("lto-fat".into(), "opt-z".into());
        builds
    }

    #[test]
    fn a_line_is_taken_by_those_whom_it_helps() {
        let builds = named();
        let rules = ProgramSummary::of(&builds.programs[0]);
        let manifest = |at: usize| {
            let tried: Vec<_> =
                KINDS[at].tries.iter().filter_map(|name| rules.variant(name)).collect();
            manifest(&KINDS[at], &rules, &tried)
        };
        let fat = "lto = \"fat\" # 1.25× as fast, file 0.80×, clean build 3.0×: 12 s";
        assert!(manifest(0).contains(fat) && manifest(1).contains(fat), "{}", manifest(0));
        assert!(!manifest(0).contains("opt-level"));
        let small = manifest(2);
        assert!(small.contains("opt-level = \"z\" # 0.50× as fast, file 0.50×"), "{small}");
    }

    #[test]
    fn what_helps_nobody_is_left() {
        let mut builds = named();
        for variant in &mut builds.programs[0].variants {
            variant.outcome = BuildOutcome::Unavailable("no".into());
        }
        builds.programs[0].variants[0] = record::fixture::builds().programs[0].variants[0].clone();
        let rules = ProgramSummary::of(&builds.programs[0]);
        assert!(manifest(&KINDS[3], &rules, &[]).contains("as cargo has it"));
        let text = section(&rules).to_string();
        assert_eq!(text.matches("### ").count(), 4);
    }
}
