//! Checks of what cargo builds with: flags and profile decide what code is measured.

use anyhow::Error;
use record::Toolchain;

use super::Finding;
use crate::build::{Origin, Settings};

/// What the workspace's configuration asks of LLVM: every function on a cache line of its own.
const ALIGNMENT: &str = "-align-all-functions=6";
/// Bytes of a cache line, to which that comes.
const LINE: u64 = 64;
/// The optimization that figures are meant for.
const LEVEL: &str = "3";
const FLAGS: &str = "build flags";
const PROFILE: &str = "build profile";

/// All of them; or why cargo's configuration cannot be read.
pub(super) fn examine(settings: Result<&Settings, &Error>) -> Vec<Finding> {
    match settings {
        Ok(settings) => {
            let Settings { toolchain, origin, setters, .. } = settings;
            let unread = settings.unread.first().map(|path| path.display().to_string());
            vec![flags(toolchain, *origin, unread.as_deref()), profile(toolchain, setters)]
        }
        Err(error) => vec![unreadable(&format!("{error:#}"))],
    }
}

fn unreadable(error: &str) -> Finding {
    Finding::note(
        FLAGS,
        // A finding is one line; what TOML's parser says has several.
        error.split_whitespace().collect::<Vec<_>>().join(" "),
        "what the figures are built with is not known.",
        "mend what it names",
    )
}

/// The flags; whose they are; and a configuration file that includes others, if one does.
fn flags(toolchain: &Toolchain, origin: Origin, unread: Option<&str>) -> Finding {
    let Toolchain { flags, alignment, .. } = toolchain;
    let found = if flags.is_empty() { "none" } else { flags };
    if let (Some(path), 0) = (unread, *alignment) {
        return Finding::note(
            FLAGS,
            format!("at least {found}; a configuration file includes others, which are not read"),
            "what those set is not known, and revisions are built without it.",
            &format!("write into {path} what it includes"),
        );
    }
    let native = flags.contains("target-cpu") || flags.contains("target-feature");
    // What the binaries show counts more than what they were to be.
    let aligned = match *alignment {
        0 => flags.contains(ALIGNMENT),
        bytes => bytes >= LINE,
    };
    match (aligned, native) {
        (true, false) => Finding::ok(FLAGS, found, "each function begins on a cache line."),
        (true, true) => Finding::note(
            FLAGS,
            found,
            "figures are those of a native build; portable rungs then use wider instructions.",
            "measure without target-cpu and target-feature, to compare with other records",
        ),
        (false, false) => Finding::disturbs(
            FLAGS,
            format!("{found}: the workspace's alignment is lost"),
            "an unrelated edit moves hot loops across cache lines: a few per cent are layout.",
            &keep_alignment(origin),
        ),
        (false, true) => Finding::disturbs(
            FLAGS,
            format!("{found}: the workspace's alignment is lost"),
            "a few per cent are layout; and figures are those of a native build, in which portable \
             rungs use wider instructions.",
            &keep_alignment(origin),
        ),
    }
}

/// How to have one's own flags and the workspace's.
fn keep_alignment(origin: Origin) -> String {
    let add = |variable| format!("unset {variable}, or add `-C llvm-args={ALIGNMENT}` to it");
    match origin {
        Origin::EncodedVariable => add("CARGO_ENCODED_RUSTFLAGS"),
        Origin::Variable => add("RUSTFLAGS"),
        Origin::Target => {
            "move the rustflags of `[target.…]` in cargo's configuration to `[build]`, \
                           which adds to the workspace's"
                .to_owned()
        }
        Origin::Build => format!(
            "have `-C llvm-args={ALIGNMENT}` in the rustflags of the workspace's .cargo/config.toml"
        ),
    }
}

/// The profile, and who changed it from the release defaults.
fn profile(toolchain: &Toolchain, setters: &[String]) -> Finding {
    let overall = toolchain.overall();
    if overall == "release" {
        return Finding::ok(PROFILE, overall, "that is what most users have.");
    }
    let mut settings = overall.split(", ");
    let root = settings.next();
    let level = settings.find_map(|setting| setting.strip_prefix("opt-level="));
    let level = level.unwrap_or(if root == Some("dev") { "0" } else { LEVEL });
    let mend = if setters.is_empty() {
        "let it inherit from release".to_owned()
    } else {
        let mends = setters.iter().map(|by| {
            if by.starts_with("CARGO_") {
                format!("unset {by}")
            } else {
                format!("take the profile's settings out of {by}")
            }
        });
        mends.collect::<Vec<_>>().join(", ")
    };
    if level == LEVEL {
        let means = "figures are those of these settings; other records have the release defaults.";
        return Finding::note(PROFILE, overall, means, &mend);
    }
    let means = "rungs are slower than in a release build, and not all by as much.";
    Finding::disturbs(PROFILE, overall, means, &mend)
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Severity::{Disturbs, Note, Ok};

    const OWN: &str = "-C llvm-args=-align-all-functions=6";

    fn flags(text: &str, origin: Origin, unread: Option<&str>) -> Finding {
        super::flags(&Toolchain { flags: text.into(), ..Toolchain::default() }, origin, unread)
    }

    #[test]
    fn what_the_binaries_show_counts_more_than_their_flags() {
        let of = |text: &str, alignment| {
            let toolchain = Toolchain { flags: text.into(), alignment, ..Toolchain::default() };
            super::flags(&toolchain, Origin::Build, Some("/home/a/.cargo/config.toml")).severity
        };
        assert_eq!((of(OWN, 64), of(OWN, 4096)), (Ok, Ok));
        assert_eq!((of(OWN, 16), of("-O", 16)), (Disturbs, Disturbs));
        assert_eq!(of("-C llvm-args=--align-all-functions=7", 128), Ok);
    }

    #[test]
    fn the_workspace_asks_for_the_alignment_that_is_looked_for() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.cargo/config.toml");
        assert!(std::fs::read_to_string(root).unwrap().contains(ALIGNMENT));
    }

    #[test]
    fn lost_alignment_disturbs_and_the_mend_names_who_lost_it() {
        let lost = |origin| flags("-C opt-level=3", origin, None);
        for (origin, mend) in [
            (Origin::EncodedVariable, "unset CARGO_ENCODED_RUSTFLAGS"),
            (Origin::Variable, "unset RUSTFLAGS"),
            (Origin::Target, "[target.…]"),
            (Origin::Build, ".cargo/config.toml"),
        ] {
            let finding = lost(origin);
            assert!(finding.severity == Disturbs && finding.mend.contains(mend), "{finding:?}");
        }
        assert_eq!(flags(OWN, Origin::Build, None).severity, Ok);
        assert_eq!(flags(OWN, Origin::Variable, None).severity, Ok);
        assert!(flags("", Origin::Variable, None).found.starts_with("none: "));
    }

    #[test]
    fn native_builds_are_noted() {
        let native = format!("{OWN} -C target-cpu=native");
        let finding = flags(&native, Origin::Build, None);
        assert_eq!((finding.severity, finding.found.as_str()), (Note, native.as_str()));
        let features = format!("{OWN} -Ctarget-feature=+avx2");
        assert_eq!(flags(&features, Origin::Build, None).severity, Note);
        let both = flags("-C target-cpu=native", Origin::Variable, None);
        assert!(both.severity == Disturbs && both.means.contains("native"));
    }

    #[test]
    fn what_cannot_be_read_is_no_verdict() {
        let finding = flags(OWN, Origin::Build, Some("/home/a/.cargo/config.toml"));
        assert!(finding.severity == Note && finding.mend.contains("/home/a"), "{finding:?}");
        assert!(!finding.found.contains("/home/a"), "that would be in the record");
        assert_eq!(unreadable("one\n  two").found, "one two");
    }

    #[test]
    fn only_the_release_defaults_are_an_ok_profile() {
        let severity = |text: &str| {
            let toolchain = Toolchain { profile: text.to_owned(), ..Toolchain::default() };
            profile(&toolchain, &["CARGO_PROFILE_BENCH_LTO".into(), "/a/config.toml".into()])
        };
        assert_eq!(severity("release").severity, Ok);
        assert_eq!(severity("release; opt-level=0: regex").severity, Ok);
        let fat = severity("release, lto=fat; opt-level=0: regex");
        assert_eq!((fat.severity, fat.found.as_str()), (Note, "release, lto=fat"));
        assert!(fat.mend.contains("unset CARGO_PROFILE_BENCH_LTO, take"), "{fat:?}");
        for level in
            ["release, lto=fat, opt-level=1", "release, opt-level=s", "dev", "dev, lto=thin"]
        {
            assert_eq!(severity(level).severity, Disturbs, "{level}");
        }
        assert_eq!(severity("dev, opt-level=3").severity, Note);
        let nobody = Toolchain { profile: "dev".into(), ..Toolchain::default() };
        assert!(profile(&nobody, &[]).mend.contains("release"));
    }
}
