//! `cargo xtask machine`: the latency numbers every programmer should know, measured on yours.

use std::path::PathBuf;

use anyhow::{Result, bail};
use protocol::Machine;
use protocol::machine::ladder;

use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;
use cases::Workspace;
use judge::words::format;
use measure::{build, limits};

/// Builds the probe, runs it and prints what it found.
///
/// # Errors
/// If the probe cannot be built or run.
pub fn run() -> Result<Outcome> {
    let workspace = Workspace::load()?;
    let built = build::build(&workspace, &[])?;
    let Some(probe) = built.get("machine").map(PathBuf::as_path) else {
        bail!("the probe in xtask/machine does not compile; cargo's messages above say why");
    };
    record::errln!("measuring for a few seconds");
    let machine = limits::measure(Some(probe));
    if machine.read.is_empty() {
        bail!("the probe gave no answer; run {} to see why", probe.display());
    }
    record::output::out(table(&machine));
    Ok(Outcome::Fine)
}

fn table(machine: &Machine) -> String {
    let head = format!(
        "{}, {} {}, {}: {}",
        machine.processor,
        machine.cores,
        format::plural("core", machine.cores),
        machine.system,
        machine.features.join(" ")
    );
    let parts = [
        ("What things cost", costs(machine).to_string()),
        ("Bandwidth", bandwidth(machine).to_string()),
        ("Arithmetic of one core", arithmetic(machine).to_string()),
        ("Data caches", caches(machine).to_string()),
    ];
    let parts = parts.map(|(title, table)| format!("\n{title}\n{table}"));
    format!("{head}\n{}", parts.concat())
}

fn costs(machine: &Machine) -> Table<3> {
    let mut table = Table::indented([Left, Right, Left]);
    for cost in ladder(machine) {
        let ns = cost.ns.map_or("not on this system".to_owned(), format::time);
        table.row([&cost.name, &ns, &cost.how]);
    }
    table
}

fn bandwidth(machine: &Machine) -> Table<3> {
    let mut table = Table::indented([Left, Right, Right]);
    table.row(["", "read", "copy"]);
    let mut row = |of: &str, read: f64, copy: f64| {
        table.row([of, &format!("{read:.1} GB/s"), &format!("{copy:.1} GB/s")]);
    };
    let copy = machine.copy.iter().map(|point| point.1);
    for ((size, read), copy) in machine.read.iter().zip(copy) {
        row(&format!("one core, {}", format::bytes(*size)), *read, copy);
    }
    row("all cores, memory", machine.read_all_cores, machine.copy_all_cores);
    table
}

fn arithmetic(machine: &Machine) -> Table<3> {
    let mut table = Table::indented([Left, Right, Right]);
    table.row(["", "32 bits", "64 bits"]);
    for peak in &machine.peaks {
        let [flops32, flops64] =
            [peak.flops32, peak.flops64].map(|flops| format!("{flops:.1} GFLOP/s"));
        table.row([&peak.vectors, &flops32, &flops64]);
    }
    table
}

fn caches(machine: &Machine) -> Table<2> {
    let sizes = |sizes: &[u64]| match sizes {
        [] => "unknown".to_owned(),
        sizes => {
            sizes.iter().map(|size| format::bytes(*size as f64)).collect::<Vec<_>>().join(", ")
        }
    };
    let mut table = Table::indented([Left, Left]);
    table.row(["advertised", &sizes(&machine.caches)]);
    table.row(["as latency shows", &sizes(&machine.effective_caches)]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Cost, Peak};

    #[test]
    fn the_table_names_what_there_is_and_what_is_not() {
        let cost = |name: &str, ns| Cost { name: name.into(), ns, how: "how".into() };
        let machine = Machine {
            cores: 1,
            read: vec![(1024.0, 8.0)],
            copy: vec![(1024.0, 4.0)],
            peaks: vec![Peak { vectors: "NEON".into(), flops32: 16.0, flops64: 8.0 }],
            effective_caches: vec![32 << 10],
            costs: vec![cost("system call", Some(190.0)), cost("page fault", None)],
            ..Machine::default()
        };
        let table = table(&machine);
        for part in ["1 core,", "190 ns", "not on this system", "NEON", "32 KiB", "unknown"] {
            assert!(table.contains(part), "{part} is not in\n{table}");
        }
        let line = |of: &str| table.lines().find(|line| line.trim_start().starts_with(of)).unwrap();
        assert_eq!(line("one core, 1 KiB"), "  one core, 1 KiB    8.0 GB/s  4.0 GB/s");
    }
}
