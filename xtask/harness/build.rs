//! Tells the harness with what it is built, and so each bench binary: cargo says that to build
//! scripts alone.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    for name in ["TARGET", "OPT_LEVEL", "CARGO_CFG_TARGET_FEATURE", "CARGO_CFG_PANIC"] {
        println!("cargo::rustc-env=CASEBOOK_{name}={}", variable(name));
    }
    // A flag may have any character in it but, for cargo's sake, the one that separates them.
    let flags = variable("CARGO_ENCODED_RUSTFLAGS").replace('\n', " ");
    println!("cargo::rustc-env=CASEBOOK_FLAGS={flags}");
    let asked = Command::new(variable("RUSTC")).arg("-V").output();
    let version = asked.map(|said| String::from_utf8_lossy(&said.stdout).into_owned());
    println!("cargo::rustc-env=CASEBOOK_RUSTC={}", version.unwrap_or_default().trim());
}
