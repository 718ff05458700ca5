//! What cargo builds with, wherever it was set: in the workspace, in the user's configuration, for
//! this target alone, or in a variable.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use cargo_config2::{Config, Flags, ResolveOptions, TargetTripleRef, Walk, cargo_home_with_cwd};
use cargo_metadata::ArtifactProfile;
use cases::Workspace;
use protocol::Build;
use record::Toolchain;
use toml::{Table, Value};

use super::profile::{Layer, Profile, Variables};

/// Handled here: cargo appends it to what files say, `cargo-config2` replaces that.
const BUILD_FLAGS: &str = "CARGO_BUILD_RUSTFLAGS";
/// The same of targets, if files name them as a list.
const BUILD_TARGET: &str = "CARGO_BUILD_TARGET";
/// What cargo takes for the host's triple.
const HOST: &str = "host-tuple";

/// Everything that decides what cargo makes of the sources.
#[derive(Debug)]
pub struct Settings {
    /// What a record keeps of it.
    pub toolchain: Toolchain,
    /// Where the flags come from.
    pub origin: Origin,
    /// Who set what of the profile is not a default: a file's path or a variable's name.
    pub setters: Vec<String>,
    /// Configuration files that include others: those are not read.
    pub unread: Vec<PathBuf>,
    flags: Flags,
    configuration: Configuration,
}

/// Where flags come from: the first of these that there is replaces all that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `CARGO_ENCODED_RUSTFLAGS`.
    EncodedVariable,
    /// `RUSTFLAGS`.
    Variable,
    /// `[target.*] rustflags`, or the variable that stands for it.
    Target,
    /// `[build] rustflags`, the workspace's among them.
    Build,
}

/// What surrounds a workspace, so that tests need not touch their own surroundings.
#[derive(Debug)]
pub(super) struct Surroundings {
    /// Variables.
    pub variables: Vec<(OsString, OsString)>,
    /// The folder of the user's own configuration.
    pub home: Option<PathBuf>,
}

/// What is set, before rustc is asked what follows.
#[derive(Debug)]
struct Configuration {
    config: Config,
    profile: Profile,
    variables: Variables,
    /// Those that files name as a list.
    targets: Vec<String>,
    unread: Vec<PathBuf>,
}

impl Settings {
    /// What cargo would build this workspace with now.
    ///
    /// # Errors
    /// If cargo's configuration cannot be read, rustc cannot be run, or there are several targets.
    pub fn of(workspace: &Workspace) -> Result<Self> {
        let settings = Self::read(&workspace.root, &Surroundings::of(&workspace.root))?;
        for path in &settings.unread {
            record::errln!("{} includes other files, which are not read here", path.display());
        }
        Ok(settings)
    }

    pub(super) fn read(root: &Path, surroundings: &Surroundings) -> Result<Self> {
        let configuration = Configuration::read(root, surroundings)?;
        let (rustc, host) = configuration.rustc(root)?;
        let target = match configuration.target()? {
            Some(target) if target != HOST => target,
            _ => host,
        };
        let (flags, origin) = configuration.flags(&target)?;
        let toolchain = Toolchain {
            rustc,
            target,
            flags: flags.flags.join(" "),
            profile: configuration.profile.text(),
            wrapper: configuration.wrapper(),
            alignment: 0, // nobody can know before it is built
        };
        Ok(Self {
            toolchain,
            origin,
            setters: configuration.profile.setters(),
            unread: configuration.unread.clone(),
            flags,
            configuration,
        })
    }

    /// The flags, each as rustc is given it.
    pub fn flags(&self) -> &[String] {
        &self.flags.flags
    }

    /// Believes cargo, which says of each package's binary with what it was built.
    pub(super) fn believe(&mut self, built: &BTreeMap<String, ArtifactProfile>) {
        if self.configuration.profile.believe(built) {
            self.toolchain.profile = self.configuration.profile.text();
            self.setters = self.configuration.profile.setters();
            record::errln!(
                "cargo built with a profile that no configuration says which is read here: {}",
                self.toolchain.profile
            );
        }
    }

    /// Believes the binaries, which say themselves how they were built.
    pub(super) fn observe(&mut self, builds: &[Build]) {
        let Some(build) = builds.first() else { return };
        let flags = build.flags.join(" ");
        let seen = [&build.rustc, &build.target, &flags];
        let read = [&self.toolchain.rustc, &self.toolchain.target, &self.toolchain.flags];
        if seen != read {
            record::errln!(
                "the binaries were built otherwise than cargo's configuration says as it is read \
                 here: by {}, for {}, with {}",
                build.rustc,
                build.target,
                if flags.is_empty() { "no flags" } else { &flags },
            );
        }
        self.toolchain.rustc.clone_from(&build.rustc);
        self.toolchain.target.clone_from(&build.target);
        self.toolchain.flags = flags;
        // Of one that is not aligned all figures are in doubt.
        let alignments = builds.iter().map(|build| build.alignment);
        self.toolchain.alignment = alignments.min().unwrap_or_default();
    }

    /// What to tell cargo so that it builds this workspace and the one at `other` alike: as it
    /// would build this one anyway.
    ///
    /// # Errors
    /// If the other's configuration cannot be read, or a flag cannot be handed over.
    pub fn imposed_on(&self, other: &Path) -> Result<Imposed> {
        self.imposed_among(other, &Surroundings::of(other))
    }

    fn imposed_among(&self, other: &Path, surroundings: &Surroundings) -> Result<Imposed> {
        let own = &self.configuration;
        let other = Configuration::read(other, surroundings)?;
        let (build, others) = (&own.config.build, &other.config.build);
        // Encoded, because a flag may hold a space.
        let mut variables = vec![("CARGO_ENCODED_RUSTFLAGS", self.flags.encode()?.into())];
        for (name, own, other) in [
            ("RUSTC", &build.rustc, &others.rustc),
            ("RUSTC_WRAPPER", &build.rustc_wrapper, &others.rustc_wrapper),
            (
                "RUSTC_WORKSPACE_WRAPPER",
                &build.rustc_workspace_wrapper,
                &others.rustc_workspace_wrapper,
            ),
        ] {
            if own != other {
                // Without a name it is no wrapper, and the usual compiler.
                let none = if name == "RUSTC" { "rustc" } else { "" };
                let path = own.clone().unwrap_or_else(|| none.into());
                variables.push((name, path.into_os_string()));
            }
        }
        let mut arguments = Vec::new();
        // Only where somebody does: to name even the host moves what cargo makes.
        if !own.targets()?.is_empty() || !other.targets()?.is_empty() {
            let named = own.targets()?.pop();
            let target = named.unwrap_or_else(|| self.toolchain.target.clone());
            arguments.extend(["--target".to_owned(), target]);
        }
        for setting in own.profile.instead_of(&other.profile) {
            arguments.extend(["--config".to_owned(), setting]);
        }
        Ok(Imposed { variables, arguments })
    }
}

/// What makes cargo build two workspaces alike.
#[derive(Debug)]
pub struct Imposed {
    variables: Vec<(&'static str, OsString)>,
    arguments: Vec<String>,
}

impl Imposed {
    /// Tells it.
    pub fn on(&self, cargo: &mut Command) {
        cargo.envs(self.variables.iter().map(|(name, value)| (name, value))).args(&self.arguments);
    }
}

impl Surroundings {
    /// Those of this process, in a folder.
    fn of(root: &Path) -> Self {
        Self { variables: std::env::vars_os().collect(), home: cargo_home_with_cwd(root) }
    }
}

/// Refuses a workspace that is built for several targets at once: it would have several binaries
/// of each bench. What cannot be read is left to cargo, which says best what is wrong.
///
/// # Errors
/// If there is more than one target.
pub(super) fn one_target(root: &Path) -> Result<()> {
    let configuration = Configuration::read(root, &Surroundings::of(root));
    let Ok(configuration) = configuration else { return Ok(()) };
    configuration.target().map(drop)
}

impl Configuration {
    fn read(root: &Path, surroundings: &Surroundings) -> Result<Self> {
        const WHAT: &str = "cargo's configuration cannot be read";
        let variables: Variables = surroundings
            .variables
            .iter()
            .filter_map(|(name, value)| Some((name.to_str()?.into(), value.to_str()?.into())))
            .collect();
        let passed = surroundings.variables.iter().filter(|(name, _)| name != BUILD_FLAGS);
        let options =
            ResolveOptions::default().env(passed.cloned()).cargo_home(surroundings.home.clone());
        let config = Config::load_with_options(root, options).context(WHAT)?;
        let mut files = Vec::new();
        for path in Walk::with_cargo_home(root, surroundings.home.clone()) {
            files.push((table(&path).context(WHAT)?, path));
        }
        let manifest = table(&root.join("Cargo.toml"))?;
        Ok(Self {
            profile: Profile::new(&layers(manifest, &files), &variables),
            targets: listed_targets(&files),
            unread: files
                .into_iter()
                .filter(|(file, _)| file.contains_key("include"))
                .map(|(_, path)| path)
                .collect(),
            config,
            variables,
        })
    }

    /// What cargo would build for, as the user names it; nothing for the host.
    fn targets(&self) -> Result<Vec<String>> {
        let mut targets = self.config.build_target_for_cli::<_, &str>([])?;
        if self.variables.contains_key(BUILD_TARGET) {
            targets.extend(self.targets.clone());
        }
        targets.sort_unstable();
        targets.dedup();
        Ok(targets)
    }

    /// The one triple that cargo would build for, if it is named.
    fn target(&self) -> Result<Option<String>> {
        let targets = self.targets()?;
        if targets.len() > 1 {
            bail!(
                "cargo is set to build for several targets at once ({}), and figures are of one: \
                 name one, as `target = \"{}\"` below `[build]` in cargo's configuration",
                targets.join(", "),
                targets[0]
            );
        }
        let triple = |target: &String| TargetTripleRef::from(target).triple().to_owned();
        Ok(targets.first().map(triple))
    }

    /// The flags of a target, and where they come from.
    fn flags(&self, target: &str) -> Result<(Flags, Origin)> {
        let mut flags = self.config.rustflags(target)?.unwrap_or_default();
        let build = self.config.build.rustflags.clone().unwrap_or_default();
        let origin = if self.variables.contains_key("CARGO_ENCODED_RUSTFLAGS") {
            Origin::EncodedVariable
        } else if self.variables.contains_key("RUSTFLAGS") {
            Origin::Variable
        } else if flags.flags != build.flags {
            Origin::Target
        } else {
            Origin::Build
        };
        if let (Origin::Build, Some(more)) = (origin, self.variables.get(BUILD_FLAGS)) {
            flags.flags.extend(Flags::from_space_separated(more).flags);
        }
        Ok((flags, origin))
    }

    /// First line of the version of the rustc that cargo would run, and the host.
    fn rustc(&self, root: &Path) -> Result<(String, String)> {
        let rustc = self.config.rustc();
        let name = rustc.path.display();
        let output =
            Command::from(rustc).arg("-vV").current_dir(root).output().with_context(|| {
                format!("cannot run {name}, which cargo is set to compile with")
            })?;
        let text = String::from_utf8_lossy(&output.stdout);
        let host = text.lines().find_map(|line| line.strip_prefix("host: "));
        let (Some(version), Some(host)) = (text.lines().next(), host) else {
            let error = String::from_utf8_lossy(&output.stderr);
            bail!("{name}, which cargo is set to compile with, says no version: {}", error.trim());
        };
        Ok((version.to_owned(), host.to_owned()))
    }

    /// Names of the programs around rustc, without folders: those are the user's own.
    fn wrapper(&self) -> String {
        let build = &self.config.build;
        let wrappers = [&build.rustc_wrapper, &build.rustc_workspace_wrapper];
        let names = wrappers.into_iter().flatten().filter_map(|path| path.file_name());
        names.map(|name| name.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }
}

fn table(path: &Path) -> Result<Table> {
    let text = std::fs::read_to_string(path);
    let text = text.with_context(|| format!("cannot read {}", path.display()))?;
    text.parse().with_context(|| format!("{} is no TOML", path.display()))
}

/// Profiles, the weakest first: the manifest's, then those of the files, the nearest last.
fn layers(mut manifest: Table, files: &[(Table, PathBuf)]) -> Vec<Layer> {
    let profile = |value: Value| if let Value::Table(table) = value { Some(table) } else { None };
    let own = manifest.remove("profile").and_then(profile).unwrap_or_default();
    let files = files.iter().rev().filter_map(|(file, path)| {
        let table = file.get("profile").cloned().and_then(profile)?;
        Some((path.display().to_string(), table))
    });
    [("Cargo.toml".to_owned(), own)].into_iter().chain(files).collect()
}

/// Targets that files name as a list: cargo adds the variable's to it.
fn listed_targets(files: &[(Table, PathBuf)]) -> Vec<String> {
    let lists = files.iter().filter_map(|(file, _)| file.get("build")?.get("target")?.as_array());
    lists.flatten().filter_map(|target| Some(target.as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests;
