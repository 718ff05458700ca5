//! `cargo xtask machine`: the latency numbers every programmer should know, measured on yours.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use protocol::Machine;
use protocol::machine::ladder;

use cases::Workspace;
use judge::words::format;
use measure::{build, limits};

/// Builds the probe, runs it and prints what it found.
///
/// # Errors
/// If the probe cannot be built or run.
pub fn run() -> Result<ExitCode> {
    let workspace = Workspace::load()?;
    let built = build::build(&workspace, &[])?;
    let Some(probe) = built.get("machine").map(PathBuf::as_path) else {
        bail!("the probe in xtask/machine does not compile; cargo's messages above say why");
    };
    eprintln!("measuring for a few seconds");
    let machine = limits::measure(Some(probe));
    if machine.read.is_empty() {
        bail!("the probe gave no answer; run {} to see why", probe.display());
    }
    print!("{}", table(&machine));
    Ok(ExitCode::SUCCESS)
}

fn table(machine: &Machine) -> String {
    let mut text = format!(
        "{}, {} {}, {}: {}\n",
        machine.processor,
        machine.cores,
        format::plural("core", machine.cores),
        machine.system,
        machine.features.join(" ")
    );
    text.push_str("\nWhat things cost\n");
    for cost in ladder(machine) {
        let ns = cost.ns.map_or("not on this system".to_owned(), format::time);
        let _ = writeln!(text, "  {:<30} {ns:>10}   {}", cost.name, cost.how);
    }
    text.push_str("\nBandwidth of one core           read         copy\n");
    let copy = machine.copy.iter().map(|point| point.1);
    for ((size, read), copy) in machine.read.iter().zip(copy) {
        let _ =
            writeln!(text, "  {:<20} {:>8.1} GB/s {:>7.1} GB/s", format::bytes(*size), read, copy);
    }
    let _ = writeln!(
        text,
        "  {:<20} {:>8.1} GB/s {:>7.1} GB/s",
        "all cores, memory", machine.read_all_cores, machine.copy_all_cores
    );
    text.push_str("\nArithmetic of one core        32 bits           64 bits\n");
    for peak in &machine.peaks {
        let _ = writeln!(
            text,
            "  {:<20} {:>8.1} GFLOP/s {:>8.1} GFLOP/s",
            peak.vectors, peak.flops32, peak.flops64
        );
    }
    let sizes = |sizes: &[u64]| match sizes {
        [] => "unknown".to_owned(),
        sizes => {
            sizes.iter().map(|size| format::bytes(*size as f64)).collect::<Vec<_>>().join(", ")
        }
    };
    let _ = write!(
        text,
        "\nData caches\n  advertised           {}\n  as latency shows     {}\n",
        sizes(&machine.caches),
        sizes(&machine.effective_caches)
    );
    text
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
    }
}
