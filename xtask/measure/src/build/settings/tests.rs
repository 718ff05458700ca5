//! Folders and variables in, settings out; and twice cargo itself, which must agree.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use super::*;
use crate::build::{Artifact, artifacts, bench_build};

/// What the workspace asks for, as its own configuration does.
const OWN: &str = "[build]\nrustflags = ['-C', 'llvm-args=-align-all-functions=6']\n";
const ALIGNED: &str = "-C llvm-args=-align-all-functions=6";

/// A user with a home, and a workspace elsewhere.
struct Place {
    folder: tempfile::TempDir,
    variables: Vec<(OsString, OsString)>,
}

impl Place {
    fn new(user: &str, workspace: &str, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let variables =
            variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let place = Self { folder, variables };
        place.write("home/config.toml", user);
        place.write("tree/.cargo/config.toml", workspace);
        place.write("tree/Cargo.toml", PACKAGE);
        place.write("tree/src/main.rs", "fn main() {}");
        place
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn surroundings(&self) -> Surroundings {
        Surroundings { variables: self.variables.clone(), home: Some(self.path("home")) }
    }

    fn read(&self) -> Result<Settings> {
        Settings::read(&self.path("tree"), &self.surroundings())
    }

    /// Builds the package in a folder.
    fn build(&self, folder: &str, tell: impl FnOnce(&mut Command)) -> Artifact {
        let target = self.path(&format!("target-{folder}"));
        let mut cargo = bench_build(&self.path(folder), &target);
        // Whoever runs the tests may have variables too.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if ["CARGO_", "RUSTC", "RUSTFLAGS"].iter().any(|start| text.starts_with(start)) {
                cargo.env_remove(&name);
            }
        }
        cargo.env("CARGO_HOME", self.path("home")).envs(self.variables.clone());
        // Which of those is its own was taken away with theirs.
        cargo.args(["--quiet", "--offline"]).arg("--target-dir").arg(target);
        tell(&mut cargo);
        artifacts(&mut cargo, || ()).unwrap().remove("tiny").unwrap()
    }
}

const PACKAGE: &str =
    "[package]\nname = 'tiny'\nversion = '0.0.0'\nedition = '2024'\n[workspace]\n";

fn settings(user: &str, workspace: &str, variables: &[(&str, &str)]) -> Settings {
    Place::new(user, workspace, variables).read().unwrap()
}

fn host() -> String {
    settings("", "", &[]).toolchain.target
}

#[test]
fn the_compiler_names_itself_and_the_host() {
    let plain = settings("", "", &[]);
    assert!(plain.toolchain.rustc.starts_with("rustc 1."), "{:?}", plain.toolchain);
    assert!(plain.toolchain.target.contains('-'));
    assert_eq!((plain.toolchain.flags.as_str(), plain.toolchain.wrapper.as_str()), ("", ""));
    assert_eq!(plain.toolchain.profile, "release");
    let error = Place::new("", "", &[("RUSTC", "/nowhere/rustc")]).read().unwrap_err();
    assert!(format!("{error:#}").contains("/nowhere/rustc"), "{error:#}");
}

#[test]
fn flags_are_those_of_the_first_place_that_has_any() {
    let host = host();
    let of_host = format!("[target.{host}]\nrustflags = ['--cfg', 'a']\n");
    let upper = host.to_uppercase().replace('-', "_");
    let for_host = format!("CARGO_TARGET_{upper}_RUSTFLAGS");
    let unix = "[target.'cfg(all())']\nrustflags = '--cfg b'\n";
    let never = "[target.'cfg(any())']\nrustflags = '--cfg b'\n";
    let user = "[build]\nrustflags = ['--cfg', 'c']\n";
    let spaced = "--cfg\u{1f}feature=\"a b\"";
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, Origin);
    let cases: [Case; 12] = [
        ("", &[], ALIGNED, Origin::Build),
        (never, &[], ALIGNED, Origin::Build),
        (user, &[], "--cfg c -C llvm-args=-align-all-functions=6", Origin::Build),
        (&of_host, &[], "--cfg a", Origin::Target),
        (unix, &[], "--cfg b", Origin::Target),
        ("", &[(&for_host, "--cfg d")], "--cfg d", Origin::Target),
        (&of_host, &[(&for_host, "--cfg d")], "--cfg a --cfg d", Origin::Target),
        (&of_host, &[("RUSTFLAGS", " -C  debuginfo=1 ")], "-C debuginfo=1", Origin::Variable),
        ("", &[("RUSTFLAGS", "")], "", Origin::Variable),
        (
            &of_host,
            &[("RUSTFLAGS", "-O"), ("CARGO_ENCODED_RUSTFLAGS", spaced)],
            "--cfg feature=\"a b\"",
            Origin::EncodedVariable,
        ),
        (
            "",
            &[(BUILD_FLAGS, "--cfg d")],
            "-C llvm-args=-align-all-functions=6 --cfg d",
            Origin::Build,
        ),
        (&of_host, &[(BUILD_FLAGS, "--cfg d")], "--cfg a", Origin::Target),
    ];
    for (user, variables, flags, origin) in cases {
        let found = settings(user, OWN, variables);
        assert_eq!(
            (found.toolchain.flags.as_str(), found.origin),
            (flags, origin),
            "{variables:?}"
        );
    }
    let encoded = settings("", OWN, &[("CARGO_ENCODED_RUSTFLAGS", spaced)]);
    assert_eq!(encoded.flags.flags, ["--cfg", "feature=\"a b\""]);
}

#[test]
fn targets_may_be_named_anywhere_but_only_one() {
    let wasm = "wasm32-unknown-unknown";
    let other = format!("[build]\ntarget = '{wasm}'\n");
    let host = host();
    let target =
        |user: &str, variables: &[(&str, &str)]| settings(user, OWN, variables).toolchain.target;
    assert_eq!(target(&other, &[]), wasm);
    assert_eq!(target("", &[(BUILD_TARGET, wasm)]), wasm);
    assert_eq!(target(&other, &[(BUILD_TARGET, &host)]), host);
    assert_eq!(target("[build]\ntarget = 'host-tuple'\n", &[]), host);
    assert_eq!(target("[build]\ntarget = ['own/a-b-c.json']\n", &[]), "a-b-c");

    let list = format!("[build]\ntarget = ['{wasm}']\n");
    assert_eq!(target(&list, &[(BUILD_TARGET, wasm)]), wasm);
    let error = Place::new(&list, "", &[(BUILD_TARGET, &host)]).read().unwrap_err().to_string();
    for part in [wasm, &host, "name one"] {
        assert!(error.contains(part), "{error}");
    }
    let two = format!("[build]\ntarget = ['{wasm}', '{host}']\n");
    assert!(Place::new(&two, "", &[]).read().unwrap_err().to_string().contains("name one"));
    // Flags of a target are those of the one that is built for.
    let flags = format!("{other}[target.{host}]\nrustflags = ['-O']\n");
    assert_eq!(settings(&flags, OWN, &[]).toolchain.flags, ALIGNED);
}

#[test]
fn wrappers_are_known_by_name_and_run() {
    // `env` runs what it is given, as a wrapper does.
    if cfg!(unix) {
        let user = "[build]\nrustc-wrapper = '/usr/bin/env'\n";
        assert_eq!(settings(user, "", &[]).toolchain.wrapper, "env");
        assert_eq!(settings(user, "", &[("RUSTC_WRAPPER", "")]).toolchain.wrapper, "");
        let both = [("RUSTC_WRAPPER", "env"), ("RUSTC_WORKSPACE_WRAPPER", "/usr/bin/env")];
        assert_eq!(settings("", "", &both).toolchain.wrapper, "env env");
    }
}

#[test]
fn profiles_come_from_manifest_files_and_variables() {
    let place = Place::new(
        "[profile.bench]\nlto = 'fat'\ncodegen-units = 1\n",
        "[profile.bench]\ncodegen-units = 2\n",
        &[("CARGO_PROFILE_BENCH_OPT_LEVEL", "1")],
    );
    let manifest = "[profile.release]\npanic = 'abort'\n[profile.bench]\nlto = 'thin'\n";
    place.write("tree/Cargo.toml", &format!("{PACKAGE}{manifest}"));
    let found = place.read().unwrap();
    let profile = "release, codegen-units=2, lto=fat, opt-level=1, panic=abort";
    assert_eq!(found.toolchain.profile, profile);
    let home = place.path("home/config.toml").display().to_string();
    assert!(found.setters.contains(&home), "{:?}", found.setters);
    assert!(found.setters.contains(&"CARGO_PROFILE_BENCH_OPT_LEVEL".to_owned()));
}

#[test]
fn what_cannot_be_read_is_named() {
    let error = Place::new("[build\n", OWN, &[]).read().unwrap_err();
    let text = format!("{error:#}");
    assert!(text.contains("config.toml") && text.contains("line 1"), "{text}");
    let mixed = Place::new("[build]\nrustflags = '-O'\n", OWN, &[]).read().unwrap_err();
    assert!(format!("{mixed:#}").contains("expected"), "{mixed:#}");
    let place = Place::new("include = ['more.toml']\n", OWN, &[]);
    assert_eq!(place.read().unwrap().unread, [place.path("home/config.toml")]);
    assert!(settings("", OWN, &[]).unread.is_empty());
}

fn told(imposed: &Imposed) -> (BTreeMap<&str, String>, Vec<&str>) {
    let text = |value: &OsString| value.to_string_lossy().into_owned();
    let variables = imposed.variables.iter().map(|(name, value)| (*name, text(value)));
    (variables.collect(), imposed.arguments.iter().map(String::as_str).collect())
}

#[test]
fn of_two_alike_only_the_flags_are_told_and_not_split() {
    let place = Place::new("", OWN, &[("CARGO_ENCODED_RUSTFLAGS", "--cfg\u{1f}feature=\"a b\"")]);
    place.write("tree/target/base/Cargo.toml", PACKAGE);
    let base = place.path("tree/target/base");
    let imposed = place.read().unwrap().imposed_among(&base, &place.surroundings()).unwrap();
    let (variables, arguments) = told(&imposed);
    assert_eq!(
        variables,
        [("CARGO_ENCODED_RUSTFLAGS", "--cfg\u{1f}feature=\"a b\"".to_owned())].into()
    );
    assert!(arguments.is_empty(), "{arguments:?}");
}

#[test]
fn a_revision_is_built_as_the_tree_is() {
    let place = Place::new("", OWN, &[]);
    let tree = format!("{PACKAGE}[profile.bench]\nlto = 'fat'\n");
    place.write("tree/Cargo.toml", &tree);
    let base = format!("{PACKAGE}[profile.bench]\nopt-level = 1\n");
    place.write("tree/target/base/Cargo.toml", &base);
    let config = "[build]\nrustflags = ['--cfg', 'old']\ntarget = 'wasm32-unknown-unknown'\n\
                  rustc-wrapper = 'sccache'\nrustc = 'old-rustc'\n";
    place.write("tree/target/base/.cargo/config.toml", config);
    let settings = place.read().unwrap();
    let base = place.path("tree/target/base");
    let imposed = settings.imposed_among(&base, &place.surroundings()).unwrap();
    let (variables, arguments) = told(&imposed);
    assert_eq!(variables["CARGO_ENCODED_RUSTFLAGS"], "-C\u{1f}llvm-args=-align-all-functions=6");
    assert_eq!((variables["RUSTC_WRAPPER"].as_str(), variables["RUSTC"].as_str()), ("", "rustc"));
    let profile =
        ["--config", "profile.bench.lto=\"fat\"", "--config", "profile.bench.opt-level=3"];
    let target = ["--target", settings.toolchain.target.as_str()];
    assert_eq!(arguments, [target.as_slice(), &profile].concat());
}

/// Cargo itself: the package compiles only with the flags that were found.
#[test]
fn cargo_agrees_with_what_was_read() {
    let host = host();
    let variables = [
        (BUILD_FLAGS, "--cfg from_variable"),
        (BUILD_TARGET, host.as_str()),
        ("CARGO_PROFILE_BENCH_OPT_LEVEL", "1"),
    ];
    let place = Place::new("[build]\nrustflags = ['--cfg', 'from_user']\n", OWN, &variables);
    let needs = "#![allow(unexpected_cfgs)]\n#[cfg(not(all(from_user, from_variable)))]\n\
                 compile_error!(\"flags are lost\");\nfn main() {}\n";
    place.write("tree/src/main.rs", needs);
    let mut settings = place.read().unwrap();
    assert_eq!(settings.toolchain.flags, format!("--cfg from_user {ALIGNED} --cfg from_variable"));
    assert_eq!(settings.toolchain.profile, "release, opt-level=1");

    let built = place.build("tree", |_| ());
    assert_eq!(built.profile.opt_level, "1");
    assert!(built.path.exists() && built.path.components().any(|part| *part.as_os_str() == *host));
    settings.believe(&[("tiny".to_owned(), built.profile)].into());
    assert_eq!(settings.toolchain.profile, "release, opt-level=1");
}

/// Cargo itself: a revision within the tree does not compile without the tree's flags, nor with its
/// own.
#[test]
fn cargo_builds_a_revision_as_it_is_told() {
    let place = Place::new("", "[build]\nrustflags = ['--cfg', 'feature=\"a b\"']\n", &[]);
    let needs = "#![allow(unexpected_cfgs)]\n#[cfg(any(old, not(feature = \"a b\")))]\n\
                 compile_error!(\"flags of another\");\nfn main() {}\n";
    place.write("tree/base/src/main.rs", needs);
    let profile = "[profile.bench]\nopt-level = 1\n[profile.bench.package.tiny]\nopt-level = 0\n";
    place.write("tree/base/Cargo.toml", &format!("{PACKAGE}{profile}"));
    let config = "[build]\nrustflags = ['--cfg', 'old']\nrustc-wrapper = 'no-such-wrapper'\n";
    place.write("tree/base/.cargo/config.toml", config);
    let base = place.path("tree/base");
    let imposed = place.read().unwrap().imposed_among(&base, &place.surroundings()).unwrap();
    let built = place.build("tree/base", |cargo| imposed.on(cargo));
    assert_eq!(built.profile.opt_level, "3");
}
