//! Reads what criterion left on disk. Its format is private and may change, so this is the only
//! place that knows it, and what it does not understand it leaves out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use record::Solo;

/// Times by (rung, scenario), from all complete benchmarks below a `CRITERION_HOME`.
pub fn read(home: &Path) -> BTreeMap<(String, String), Solo> {
    let mut found = BTreeMap::new();
    visit(home, &mut found);
    found
}

fn visit(folder: &Path, found: &mut BTreeMap<(String, String), Solo>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        if path.file_name().is_some_and(|name| name == "new") {
            found.extend(benchmark(&path));
        } else {
            visit(&path, found);
        }
    }
}

/// Folder names are shortened, so a benchmark is identified by what `benchmark.json` says; it is
/// written last.
fn benchmark(folder: &Path) -> Option<((String, String), Solo)> {
    let json = |file: &str| -> Option<Value> {
        serde_json::from_str(&fs::read_to_string(folder.join(file)).ok()?).ok()
    };
    let (id, estimates) = (json("benchmark.json")?, json("estimates.json")?);
    let text = |field: &str| Some(id.get(field)?.as_str()?.to_owned());
    let median = estimates.get("median")?;
    let interval = median.get("confidence_interval")?;
    let solo = Solo {
        ns: median.get("point_estimate")?.as_f64()?,
        low: interval.get("lower_bound")?.as_f64()?,
        high: interval.get("upper_bound")?.as_f64()?,
    };
    Some(((text("function_id")?, text("value_str")?), solo))
}

#[cfg(test)]
mod tests {
    use super::*;
    use criterion::{BenchmarkId, Criterion};
    use std::time::Duration;

    /// A small job through the real criterion of this workspace: the day its format changes, this
    /// fails.
    #[test]
    fn reads_what_this_criterion_writes() {
        let home = tempfile::tempdir().unwrap();
        let mut criterion = Criterion::default()
            .output_directory(home.path())
            .warm_up_time(Duration::from_millis(1))
            .measurement_time(Duration::from_millis(1))
            .sample_size(10)
            .without_plots();
        let mut group = criterion.benchmark_group("case");
        for rung in ["naive", "optimized"] {
            let id = BenchmarkId::new(rung, "one in thirty/8");
            group.bench_function(id, |b| b.iter(|| std::hint::black_box(3_u64).pow(7)));
        }
        group.finish();
        let found = read(home.path());
        let solo = found[&("naive".to_owned(), "one in thirty/8".to_owned())];
        assert!(solo.low > 0.0 && solo.low <= solo.ns && solo.ns <= solo.high, "{solo:?}");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn unknown_files_are_left_out() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("group/rung/1/new");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("benchmark.json"), "{\"function_id\": 3}").unwrap();
        assert!(read(home.path()).is_empty());
        fs::write(folder.join("estimates.json"), "not json").unwrap();
        assert!(read(home.path()).is_empty());
        assert!(read(Path::new("/nowhere")).is_empty());
    }
}
