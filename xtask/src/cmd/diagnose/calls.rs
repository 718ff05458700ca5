//! `--calls BUILD`: with which arguments the hottest functions are called, from a second run.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;
use diagnose::Profile;
use diagnose::find::worth_watching;
use judge::words::format;
use measure::profile::calls;

/// Adds what was seen of calls to a profile. Where nobody can look, that is said, and the rest of
/// the diagnosis is as it would be.
pub fn look(profile: &mut Profile, build: &Path, arguments: &[OsString], own: &[String]) {
    let names = worth_watching(profile, own);
    if names.is_empty() {
        record::errln!("calls were not looked at: no function of the program's own is hot enough");
        return;
    }
    record::errln!("{} runs once more, and is ended after some seconds", build.display());
    if let Err(why) = count(profile, build, arguments, &names) {
        record::errln!("calls were not looked at: {why:#}");
    }
}

fn count(
    profile: &mut Profile,
    build: &Path,
    arguments: &[OsString],
    names: &[String],
) -> Result<()> {
    for (name, seen) in calls::watch(build, arguments, names)? {
        match seen {
            Ok(repeats) => {
                let [calls, different] =
                    [repeats.calls, repeats.different].map(|count| format::count(count as usize));
                record::errln!("`{name}`: {calls} calls with {different} different arguments");
                profile.repeats.insert(name, repeats);
            }
            Err(why) => record::errln!("`{name}`: nothing is said of its calls: {why}"),
        }
    }
    Ok(())
}
