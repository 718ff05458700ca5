//! Checks of tools that some figures need. Without them the book says "unavailable" in their place.

use super::Finding;

/// Whether a tool was found, and what is missing without it.
fn tool(name: &'static str, found: bool, means: &'static str, mend: &str) -> Finding {
    if found {
        return Finding::ok(name, "installed", "what needs it is available.");
    }
    Finding::note(name, "not installed", means, mend)
}

/// valgrind, for simulated counts; `release` is `/etc/os-release`.
pub(super) fn valgrind(found: bool, release: Option<&str>) -> Finding {
    let mend = install(release, ["valgrind"; 4]);
    tool("valgrind", found, "times are not affected; simulated counts are unavailable.", &mend)
}

/// perf, for profiles.
pub(super) fn perf(found: bool, release: Option<&str>) -> Finding {
    let mend = install(release, ["linux-perf", "linux-tools-generic", "perf", "perf"]);
    tool("perf", found, "times are not affected; profiles of the cases are unavailable.", &mend)
}

/// The command that installs a package, whose name is given for Debian, Ubuntu, Fedora and Arch, on
/// one of them or their relatives.
fn install(release: Option<&str>, packages: [&str; 4]) -> String {
    let [debian, ubuntu, fedora, arch] = packages;
    let field = |name: &str| {
        let mut lines = release.unwrap_or_default().lines();
        let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or_default().trim_matches('"').to_owned()
    };
    // The nearest relative stands first: Ubuntu's children say "ubuntu debian".
    let kin = format!("{} {}", field("ID"), field("ID_LIKE"));
    let commands = kin.split_whitespace().filter_map(|name| match name {
        "ubuntu" => Some(format!("sudo apt install {ubuntu}")),
        "debian" => Some(format!("sudo apt install {debian}")),
        "fedora" | "rhel" | "centos" => Some(format!("sudo dnf install {fedora}")),
        "arch" => Some(format!("sudo pacman -S {arch}")),
        _ => None,
    });
    commands.into_iter().next().unwrap_or_else(|| format!("install the package `{fedora}`"))
}

/// `perf_event_paranoid`, and `/proc/self/status` for who asks.
pub(super) fn perf_permission(paranoid: Option<&str>, status: Option<&str>) -> Finding {
    const NAME: &str = "perf permission";
    /// The highest level at which everybody may sample programs of their own.
    const OWN_PROGRAMS: i32 = 2;
    let user = status
        .and_then(|status| status.lines().find_map(|line| line.strip_prefix("Uid:")))
        .and_then(|ids| ids.split_whitespace().nth(1));
    let level = paranoid.and_then(|text| text.trim().parse::<i32>().ok());
    match level {
        None => Finding::unreadable(NAME),
        Some(level) if level <= OWN_PROGRAMS || user == Some("0") => {
            Finding::ok(NAME, format!("level {level}"), "perf may sample the cases.")
        }
        Some(level) => Finding::note(
            NAME,
            format!("level {level} forbids it"),
            "times are not affected; profiles of the cases are unavailable.",
            "sudo sysctl kernel.perf_event_paranoid=2",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Severity::{Note, Ok};

    #[test]
    fn a_missing_tool_is_noted_with_the_command_of_the_distribution() {
        let mend = |release| perf(false, Some(release)).mend;
        assert_eq!(mend("NAME=x\nID=debian\n"), "sudo apt install linux-perf");
        let mint = "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
        assert_eq!(mend(mint), "sudo apt install linux-tools-generic");
        assert_eq!(mend("ID=\"rocky\"\nID_LIKE=\"rhel fedora\"\n"), "sudo dnf install perf");
        assert_eq!(mend("ID=arch\n"), "sudo pacman -S perf");
        assert_eq!(mend("ID=other\n"), "install the package `perf`");
        assert_eq!(valgrind(false, None).mend, "install the package `valgrind`");
        assert_eq!((perf(false, None).severity, perf(true, None).severity), (Note, Ok));
    }

    #[test]
    fn profiles_need_permission() {
        let user = Some("Name:\tx\nUid:\t1000\t1000\t1000\t1000\n");
        let root = Some("Uid:\t0\t0\t0\t0\n");
        assert_eq!(perf_permission(Some("2\n"), user).severity, Ok);
        assert_eq!(perf_permission(Some("-1\n"), user).severity, Ok);
        assert_eq!(perf_permission(Some("4\n"), user).severity, Note);
        assert_eq!(perf_permission(Some("4\n"), root).severity, Ok);
        assert_eq!(perf_permission(None, user).found, "cannot be read here");
    }
}
