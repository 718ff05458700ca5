//! The ways in which a program is built: each one change from `release`, then several together, and
//! `release` once more in other layouts.

use super::Subject;

/// How a program is built.
#[derive(Debug, Clone, Default)]
pub struct Variant {
    /// Its name.
    pub name: &'static str,
    /// Keys of the profile, with their values as a manifest has them.
    pub profile: Vec<(&'static str, &'static str)>,
    /// What rustc is given beside those.
    pub flags: Vec<&'static str>,
    /// A feature of the program.
    pub feature: Option<&'static str>,
    /// The training of its profile.
    pub profiled: Option<Trained>,
    /// Whether it is laid out anew after it was linked.
    pub bolted: bool,
    /// Whether it is the base in another layout.
    pub layout: bool,
}

/// What a profile was trained on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trained {
    /// What the first job is like.
    Alike,
    /// Its inverse.
    Unlike,
}

const FAT: (&str, &str) = ("lto", "\"fat\"");
const ONE_UNIT: (&str, &str) = ("codegen-units", "1");
const ABORT: (&str, &str) = ("panic", "\"abort\"");
const STRIP: (&str, &str) = ("strip", "\"symbols\"");
const SMALL: (&str, &str) = ("opt-level", "\"z\"");
const NATIVE: &str = "-Ctarget-cpu=native";
/// The base in other layouts: names of symbols, and so their order, hang on this.
const LAYOUTS: [(&str, &str); 4] = [
    ("layout-1", "-Cmetadata=layout-1"),
    ("layout-2", "-Cmetadata=layout-2"),
    ("layout-3", "-Cmetadata=layout-3"),
    ("layout-4", "-Cmetadata=layout-4"),
];

fn profile(name: &'static str, profile: &[(&'static str, &'static str)]) -> Variant {
    Variant { name, profile: profile.to_vec(), ..Variant::default() }
}

fn flag(name: &'static str, flag: &'static str) -> Variant {
    Variant { name, flags: vec![flag], ..Variant::default() }
}

impl Variant {
    fn and_flag(mut self, flag: &'static str) -> Self {
        self.flags.push(flag);
        self
    }

    fn trained(self, on: Trained) -> Self {
        Self { profiled: Some(on), ..self }
    }

    /// What differs from the base, as one writes it.
    pub fn settings(&self) -> Vec<String> {
        let profile = self.profile.iter().map(|(key, value)| format!("{key} = {value}"));
        let flags = self.flags.iter().map(|flag| flag.replacen("-C", "-C ", 1));
        let feature = self.feature.iter().map(|feature| format!("--features {feature}"));
        let profiled = self.profiled.iter().map(|on| match on {
            Trained::Alike => "-C profile-use, trained on input alike".to_owned(),
            Trained::Unlike => "-C profile-use, trained on the inverse".to_owned(),
        });
        let bolted = self.bolted.then(|| "llvm-bolt".to_owned());
        profile.chain(flags).chain(feature).chain(profiled).chain(bolted).collect()
    }
}

/// All of them, the base first.
fn all() -> Vec<Variant> {
    let thin = profile("lto-thin", &[("lto", "\"thin\"")]);
    let recipe = [FAT, ONE_UNIT];
    let mut all = vec![
        profile("release", &[]),
        thin,
        profile("lto-fat", &[FAT]),
        profile("one-unit", &[ONE_UNIT]),
        profile("abort", &[ABORT]),
        profile("strip", &[STRIP]),
        profile("opt-2", &[("opt-level", "2")]),
        profile("opt-s", &[("opt-level", "\"s\"")]),
        profile("opt-z", &[SMALL]),
        profile("debug", &[("debug", "\"full\"")]),
        flag("cpu-v2", "-Ctarget-cpu=x86-64-v2"),
        flag("cpu-v3", "-Ctarget-cpu=x86-64-v3"),
        flag("cpu-v4", "-Ctarget-cpu=x86-64-v4"),
        flag("cpu-native", NATIVE),
        Variant { name: "mimalloc", feature: Some("mimalloc"), ..Variant::default() },
        profile("pgo", &[]).trained(Trained::Alike),
        profile("pgo-wrong", &[]).trained(Trained::Unlike),
        profile("fat-one", &recipe),
        profile("fat-one-abort", &[FAT, ONE_UNIT, ABORT]),
        profile("small", &[SMALL, FAT, ONE_UNIT, ABORT, STRIP]),
        profile("pgo-fat", &[FAT]).trained(Trained::Alike),
        profile("native-pgo-fat", &[FAT]).and_flag(NATIVE).trained(Trained::Alike),
        profile("pgo-fat-one", &recipe).trained(Trained::Alike),
        Variant { bolted: true, ..profile("bolt", &recipe).trained(Trained::Alike) },
    ];
    all.extend(LAYOUTS.map(|(name, metadata)| Variant { layout: true, ..flag(name, metadata) }));
    all
}

/// Names of all variants.
pub fn known() -> Vec<&'static str> {
    all().iter().map(|variant| variant.name).collect()
}

/// Those that make sense of a subject and are asked for by name; the base and its layouts always.
pub fn of(subject: &Subject, target: &str, only: &[String]) -> Vec<Variant> {
    let asked = |variant: &Variant| {
        only.is_empty() || variant.layout || only.iter().any(|name| name == variant.name)
    };
    let makes_sense = |variant: &Variant| {
        let trained = variant.profiled != Some(Trained::Unlike) || subject.unlike.is_some();
        let feature = variant.feature.is_none_or(|feature| subject.has_feature(feature));
        let level = variant.name.starts_with("cpu-v");
        trained && feature && (!level || target.starts_with("x86_64"))
    };
    let mut chosen = all();
    let base = chosen.remove(0);
    chosen.retain(|variant| asked(variant) && makes_sense(variant));
    chosen.insert(0, base);
    chosen
}

/// What this processor lacks for the code that a flag asks for.
pub fn lacking(flag: &str) -> Option<String> {
    let level = flag.strip_prefix("-Ctarget-cpu=x86-64-")?;
    let missing: Vec<&str> =
        features(level).into_iter().filter(|(_, here)| !here).map(|(name, _)| name).collect();
    (!missing.is_empty())
        .then(|| format!("this processor has no {}, and would not run it", missing.join(", ")))
}

/// What a level of x86-64 adds to the one before, and whether it is here; a level has those before
/// it, too.
#[cfg(target_arch = "x86_64")]
fn features(level: &str) -> Vec<(&'static str, bool)> {
    macro_rules! here {
        ($($name:tt)*) => { vec![$(($name, std::arch::is_x86_feature_detected!($name))),*] };
    }
    let v2 = || here!("cmpxchg16b" "popcnt" "sse3" "sse4.1" "sse4.2" "ssse3");
    let v3 = || here!("avx" "avx2" "bmi1" "bmi2" "f16c" "fma" "lzcnt" "movbe");
    let v4 = || here!("avx512bw" "avx512cd" "avx512dq" "avx512f" "avx512vl");
    match level {
        "v2" => v2(),
        "v3" => [v2(), v3()].concat(),
        _ => [v2(), v3(), v4()].concat(),
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn features(_: &str) -> Vec<(&'static str, bool)> {
    vec![("x86-64", false)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_says_what_it_changes_and_no_two_are_alike() {
        let all = all();
        let settings: std::collections::BTreeSet<Vec<String>> =
            all.iter().map(Variant::settings).collect();
        assert_eq!(settings.len(), all.len());
        assert!(all.iter().skip(1).all(|variant| !variant.settings().is_empty()));
        let small = all.iter().find(|variant| variant.name == "small").unwrap().settings();
        assert_eq!(small[..2], ["opt-level = \"z\"", "lto = \"fat\""]);
        let native = all.iter().find(|variant| variant.name == "native-pgo-fat").unwrap();
        assert!(native.settings().contains(&"-C target-cpu=native".to_owned()));
    }

    #[test]
    fn code_for_another_processor_is_refused_before_it_runs() {
        assert_eq!(lacking("-Ctarget-cpu=native"), None);
        #[cfg(target_arch = "x86_64")]
        for (level, feature) in [
            ("v2", std::arch::is_x86_feature_detected!("sse4.2")),
            ("v3", std::arch::is_x86_feature_detected!("avx2")),
            ("v4", std::arch::is_x86_feature_detected!("avx512vl")),
        ] {
            let lacks = lacking(&format!("-Ctarget-cpu=x86-64-{level}"));
            assert!(feature || lacks.is_some(), "{level} was let through");
        }
    }
}
