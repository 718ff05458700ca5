//! The profile that benches are built with: what its settings come to, and who changed them. Cargo
//! lays the manifest, configuration files and variables over each other; so does this.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{ArtifactDebuginfo, ArtifactProfile};
use toml::{Table, Value};

/// What is built.
const BENCH: &str = "bench";
/// What that goes back to, unless somebody says otherwise.
const RELEASE: &str = "release";
/// The other profile that goes back to nothing.
const DEV: &str = "dev";
/// Stands for every package.
const ALL: &str = "";
/// Settings that decide what code is made, with their defaults in release and dev. Those of build
/// scripts are left out, and where debug information is kept: neither is ever timed.
const DEFAULTS: [(&str, &str, &str); 10] = [
    ("codegen-units", "16", "256"),
    ("debug", "false", "true"),
    ("debug-assertions", "false", "true"),
    ("incremental", "false", "true"),
    ("lto", "false", "false"),
    ("opt-level", "3", "0"),
    ("overflow-checks", "false", "true"),
    ("panic", "unwind", "unwind"),
    ("rpath", "false", "false"),
    ("strip", "none", "none"),
];

/// Variables by name.
pub(super) type Variables = BTreeMap<String, String>;
/// A `[profile]` table, and who wrote it.
pub(super) type Layer = (String, Table);

/// A profile's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Profile {
    /// The profile that it goes back to.
    root: String,
    /// What was set, and by whom; by package, and by name of the setting.
    settings: BTreeMap<(String, String), (String, String)>,
}

impl Profile {
    /// The profile that these layers, the weakest first, and then the variables come to.
    pub fn new(layers: &[Layer], variables: &Variables) -> Self {
        let mut chain = vec![BENCH.to_owned()];
        // Cargo refuses a circle; here it must only come to an end.
        while let Some(last) = chain.last()
            && last != RELEASE
            && last != DEV
        {
            let mut parent = inherits(last, layers, variables);
            if chain.contains(&parent) {
                parent = RELEASE.to_owned();
            }
            chain.push(parent);
        }
        let mut profile =
            Self { root: chain.last().cloned().unwrap_or_default(), settings: BTreeMap::new() };
        for name in chain.iter().rev() {
            for (by, layer) in layers {
                profile.lay(layer.get(name).and_then(Value::as_table), by);
            }
            for (variable, key, value) in set_for(name, variables) {
                profile.set(ALL, &key, value, variable);
            }
        }
        // Whatever profiles say, for the packages of a workspace.
        if let Some((name, value)) = variables.get_key_value("CARGO_INCREMENTAL") {
            profile.set(ALL, "incremental", if value == "1" { "true" } else { "false" }, name);
        }
        profile
    }

    fn lay(&mut self, table: Option<&Table>, by: &str) {
        let packages = table.and_then(|table| table.get("package")?.as_table());
        let packages = packages.into_iter().flatten();
        let packages =
            packages.filter_map(|(name, table)| Some((name.as_str(), table.as_table()?)));
        for (package, table) in table.map(|table| (ALL, table)).into_iter().chain(packages) {
            for (key, value) in table {
                self.set(package, key, &text(value), by);
            }
        }
    }

    fn set(&mut self, package: &str, key: &str, value: &str, by: &str) {
        if DEFAULTS.iter().any(|(known, ..)| *known == key) {
            let value = (usual(key, value).to_owned(), by.to_owned());
            self.settings.insert((package.to_owned(), key.to_owned()), value);
        }
    }

    /// What holds for a package.
    fn value(&self, package: &str, key: &str) -> &str {
        let of = |package: &str| self.settings.get(&(package.to_owned(), key.to_owned()));
        if let Some((value, _)) = of(package).or_else(|| of(ALL)) {
            return value;
        }
        default(&self.root, key)
    }

    /// Settings of a package that are not those of all, or of all that are not the default.
    fn special<'a>(&'a self, of: &'a str) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        let set = self.settings.iter().filter(move |((package, _), _)| package == of);
        set.filter(move |((_, key), (value, _))| {
            let usual = if of == ALL { default(&self.root, key) } else { self.value(ALL, key) };
            value != usual
        })
        .map(|((_, key), (value, by))| (key.as_str(), value.as_str(), by.as_str()))
    }

    /// "release, lto=fat; opt-level=0: clap_builder regex": the profile that it goes back to, what
    /// differs from its defaults, and then single packages, those with the same settings together.
    pub fn text(&self) -> String {
        let join = |package| {
            let settings = self.special(package).map(|(key, value, _)| format!("{key}={value}"));
            settings.collect::<Vec<_>>().join(", ")
        };
        let mut text = self.root.clone();
        let overall = join(ALL);
        if !overall.is_empty() {
            text += &format!(", {overall}");
        }
        let mut alike: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (package, _) in self.settings.keys().filter(|(package, _)| package != ALL) {
            alike.entry(join(package)).or_default().insert(package);
        }
        alike.remove("");
        for (settings, packages) in alike {
            let packages: Vec<&str> = packages.into_iter().collect();
            text += &format!("; {settings}: {}", packages.join(" "));
        }
        text
    }

    /// Who set what is not the default: "Cargo.toml", a file's path, or a variable's name.
    pub fn setters(&self) -> Vec<String> {
        let setters: BTreeSet<&str> = self.special(ALL).map(|(_, _, by)| by).collect();
        setters.into_iter().map(str::to_owned).collect()
    }

    /// What cargo must be told to build with these settings where it would with others:
    /// "profile.bench.lto=\"fat\"".
    pub fn instead_of(&self, other: &Self) -> Vec<String> {
        let mut told = Vec::new();
        if self.root != other.root {
            told.push(format!("profile.{BENCH}.inherits={:?}", self.root));
        }
        let keys: BTreeSet<_> = self.settings.keys().chain(other.settings.keys()).collect();
        for (package, key) in keys {
            let value = self.value(package, key);
            if value != other.value(package, key) {
                let of =
                    if package == ALL { String::new() } else { format!(".package.{package:?}") };
                told.push(format!("profile.{BENCH}{of}.{key}={}", literal(value)));
            }
        }
        told
    }

    /// Believes cargo, which says of each package's binary with what it was built. Whether that is
    /// anything else than what was read.
    pub fn believe(&mut self, built: &BTreeMap<String, ArtifactProfile>) -> bool {
        const CARGO: &str = "cargo";
        let read = self.clone();
        for (package, profile) in built {
            for (key, value) in said(profile) {
                if self.value(package, key) != value {
                    self.set(package, key, value, CARGO);
                }
            }
        }
        // What is true of all is said once.
        for (key, ..) in DEFAULTS {
            let of = |package: &String| self.settings.get(&(package.clone(), key.to_owned()));
            let values: BTreeSet<_> = built.keys().map(of).collect();
            if let Some(Some((value, by))) = values.first().cloned()
                && values.len() == 1
                && by == CARGO
            {
                let value = value.clone();
                self.settings.retain(|(of, known), _| known != key || !built.contains_key(of));
                self.set(ALL, key, &value, CARGO);
            }
        }
        *self != read
    }
}

/// What a message of cargo's says of the settings.
fn said(profile: &ArtifactProfile) -> [(&str, &str); 4] {
    let switch = |on| if on { "true" } else { "false" };
    let debug = match profile.debuginfo {
        ArtifactDebuginfo::None => "false",
        ArtifactDebuginfo::LineDirectivesOnly => "line-directives-only",
        ArtifactDebuginfo::LineTablesOnly => "line-tables-only",
        ArtifactDebuginfo::Limited => "limited",
        _ => "true",
    };
    [
        ("debug", debug),
        ("debug-assertions", switch(profile.debug_assertions)),
        ("opt-level", &profile.opt_level),
        ("overflow-checks", switch(profile.overflow_checks)),
    ]
}

/// The profile that another one goes back to.
fn inherits(name: &str, layers: &[Layer], variables: &Variables) -> String {
    let said =
        layers.iter().rev().find_map(|(_, layer)| layer.get(name)?.get("inherits")?.as_str());
    let variable = set_for(name, variables).find(|(_, key, _)| key == "inherits");
    variable.map(|(_, _, value)| value).or(said).unwrap_or(RELEASE).to_owned()
}

/// Variables that set something of this profile: their name, the setting and its value.
fn set_for<'a>(
    profile: &str,
    variables: &'a Variables,
) -> impl Iterator<Item = (&'a str, String, &'a str)> {
    let prefix = format!("CARGO_PROFILE_{}_", profile.to_uppercase().replace('-', "_"));
    variables.iter().filter_map(move |(name, value)| {
        let key = name.strip_prefix(&prefix)?.to_lowercase().replace('_', "-");
        Some((name.as_str(), key, value.as_str()))
    })
}

fn default(root: &str, key: &str) -> &'static str {
    let known = DEFAULTS.iter().find(|(known, ..)| *known == key);
    known.map_or("", |(_, release, dev)| if root == DEV { dev } else { release })
}

/// The value as a variable would have it.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(switch) => switch.to_string(),
        other => format!("{other:?}"),
    }
}

/// One spelling of what cargo lets people spell in several ways.
fn usual<'a>(key: &str, value: &'a str) -> &'a str {
    match (key, value) {
        ("debug", "0" | "none") => "false",
        ("debug", "1") => "limited",
        ("debug", "2" | "full") => "true",
        ("lto", "true") => "fat",
        ("lto", "n" | "no") => "off",
        ("strip", "false") => "none",
        ("strip", "true") => "symbols",
        _ => value,
    }
}

/// The value as TOML has it.
fn literal(value: &str) -> String {
    let bare = value.parse::<i64>().is_ok() || value.parse::<bool>().is_ok();
    if bare { value.to_owned() } else { format!("{value:?}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(by: &str, text: &str) -> Layer {
        (by.to_owned(), text.parse().unwrap())
    }

    fn variables(all: &[(&str, &str)]) -> Variables {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn read(manifest: &str, user: &str, all: &[(&str, &str)]) -> Profile {
        Profile::new(&[layer("Cargo.toml", manifest), layer("user", user)], &variables(all))
    }

    #[test]
    fn layers_cover_each_other_and_defaults_are_not_told() {
        let plain = read("[bench]\ndebug = false\nopt-level = '3'", "", &[]);
        assert_eq!((plain.text().as_str(), plain.setters().len()), ("release", 0));
        let spelt = read("[bench]\ndebug = 0\nstrip = false\nlto = false", "", &[]);
        assert_eq!(spelt.text(), "release");

        let manifest = "[release]\nlto = true\nopt-level = 's'\n[bench]\ncodegen-units = 1";
        let user = "[bench]\nopt-level = 2\n[dev]\nlto = 'thin'";
        let level = [("CARGO_PROFILE_BENCH_OPT_LEVEL", "1")];
        let both = read(manifest, user, &[]);
        assert_eq!(both.text(), "release, codegen-units=1, lto=fat, opt-level=2");
        assert_eq!(both.setters(), ["Cargo.toml", "user"]);
        let all = read(manifest, user, &level);
        assert_eq!(all.text(), "release, codegen-units=1, lto=fat, opt-level=1");
        assert_eq!(all.setters(), ["CARGO_PROFILE_BENCH_OPT_LEVEL", "Cargo.toml"]);
        let release = [("CARGO_PROFILE_RELEASE_LTO", "off"), ("CARGO_INCREMENTAL", "1")];
        assert_eq!(read("", "", &release).text(), "release, incremental=true, lto=off");
        let scripts = [("CARGO_PROFILE_BENCH_BUILD_OVERRIDE_OPT_LEVEL", "3")];
        assert_eq!(read("[bench.build-override]\nopt-level = 3", "", &scripts).text(), "release");
    }

    #[test]
    fn another_profile_may_be_what_it_goes_back_to() {
        let dev = read("[bench]\ninherits = 'own'\n[own]\ninherits = 'dev'\nlto = 'thin'", "", &[]);
        assert_eq!(dev.text(), "dev, lto=thin");
        assert_eq!(dev.value(ALL, "opt-level"), "0");
        let circle = read("[bench]\ninherits = 'own'\n[own]\ninherits = 'bench'", "", &[]);
        assert_eq!(circle.text(), "release");
        assert_eq!(read("", "", &[("CARGO_PROFILE_BENCH_INHERITS", "dev")]).text(), "dev");
    }

    #[test]
    fn packages_with_the_same_settings_stand_together() {
        let manifest = "[bench.package]\nregex = { opt-level = 0 }\nclap = { opt-level = 0 }\n\
                        serde_json = { opt-level = 1 }\ncsv = { opt-level = 3 }";
        let text = "release; opt-level=0: clap regex; opt-level=1: serde_json";
        assert_eq!(read(manifest, "", &[]).text(), text);
        let user = "[bench.package.regex]\nopt-level = 3";
        let text = "release; opt-level=0: clap; opt-level=1: serde_json";
        assert_eq!(read(manifest, user, &[]).text(), text);
    }

    #[test]
    fn cargo_is_told_only_what_it_would_do_otherwise() {
        let plain = read("[bench]\ndebug = false\nstrip = 'none'", "", &[]);
        assert_eq!(plain.instead_of(&read("", "", &[])), [""; 0]);
        let tree = "[bench]\nopt-level = 's'\nlto = true\n[bench.package.'*']\nopt-level = 1";
        let base = "[bench]\ncodegen-units = 1\n[bench.package.wide]\nopt-level = 0";
        let told = read(tree, "", &[]).instead_of(&read(base, "", &[]));
        let expected = [
            "profile.bench.codegen-units=16",
            "profile.bench.lto=\"fat\"",
            "profile.bench.opt-level=\"s\"",
            "profile.bench.package.\"*\".opt-level=1",
            "profile.bench.package.\"wide\".opt-level=\"s\"",
        ];
        assert_eq!(told, expected);
        let dev = read("[bench]\ninherits = 'dev'", "", &[]);
        assert_eq!(plain.instead_of(&dev)[0], "profile.bench.inherits=\"release\"");
    }

    fn built(levels: &[(&str, &str)]) -> BTreeMap<String, ArtifactProfile> {
        let message = |level| {
            let text = format!(
                r#"{{"opt_level":"{level}","debuginfo":0,"debug_assertions":false,
                "overflow_checks":false,"test":false}}"#
            );
            serde_json::from_str(&text).unwrap()
        };
        levels.iter().map(|(name, level)| ((*name).to_owned(), message(level))).collect()
    }

    #[test]
    fn cargo_has_the_last_word() {
        let mut profile = read("[bench.package.a]\nopt-level = 1", "", &[]);
        let text = profile.text();
        assert!(!profile.believe(&built(&[("a", "1"), ("b", "3")])));
        assert!(!profile.believe(&built(&[])));
        assert_eq!(profile.text(), text);
        assert!(profile.clone().believe(&built(&[("a", "3")])));
        assert!(profile.believe(&built(&[("a", "1"), ("b", "2"), ("c", "3")])));
        assert_eq!(profile.text(), "release; opt-level=1: a; opt-level=2: b");
        let mut all = read("", "", &[]);
        assert!(all.believe(&built(&[("a", "1"), ("b", "1")])));
        assert_eq!(
            (all.text().as_str(), all.setters()),
            ("release, opt-level=1", vec!["cargo".into()])
        );
    }
}
