//! The processor that valgrind simulates: caches as large as this machine's where valgrind can
//! model them, else of usual sizes.

use protocol::Machine;

use record::Simulator;

/// Bytes of a cache line.
pub const LINE: u64 = 64;
/// Usual sizes, and lines among which an address can choose.
const FIRST: u64 = 32 << 10;
const FIRST_WAYS: u64 = 8;
const LAST: u64 = 32 << 20;
const LAST_WAYS: u64 = 16;
/// More choice than any processor gives, and more bytes than valgrind counts with.
const MOST_WAYS: u64 = 64;
const MOST_BYTES: u64 = 1 << 30;

/// The model for a machine.
pub fn of(machine: &Machine, program: String, inputs: usize, calls: usize) -> Simulator {
    let advertised = match machine.caches[..] {
        [first, .., last] if first < last => Some((first, last)),
        _ => None,
    };
    let possible = |(first, last): &(u64, u64)| {
        ways(*first, FIRST_WAYS).is_some() && ways(*last, LAST_WAYS).is_some()
    };
    let advertised = advertised.filter(possible);
    let (first_level, last_level) = advertised.unwrap_or((FIRST, LAST));
    let as_advertised = advertised.is_some();
    Simulator { program, as_advertised, first_level, last_level, inputs, calls }
}

/// The model as valgrind's options. Without them valgrind asks the processor, and believes
/// nonsense in virtual machines.
pub fn options(simulator: &Simulator) -> [String; 3] {
    let cache =
        |bytes: u64, usual: u64| format!("{bytes},{},{LINE}", ways(bytes, usual).unwrap_or(usual));
    let first = cache(simulator.first_level, FIRST_WAYS);
    let last = cache(simulator.last_level, LAST_WAYS);
    [format!("--I1={first}"), format!("--D1={first}"), format!("--LL={last}")]
}

/// How many lines an address can choose among, so that there are a power of two of sets, as
/// valgrind wants it: at least the usual number. `None` if there is no such cache.
fn ways(bytes: u64, usual: u64) -> Option<u64> {
    let lines = bytes / LINE;
    if lines == 0 || !bytes.is_multiple_of(LINE) || bytes > MOST_BYTES {
        return None;
    }
    let mut ways = lines >> lines.trailing_zeros();
    while ways < usual && ways < lines {
        ways *= 2;
    }
    (ways <= MOST_WAYS).then_some(ways)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(caches: &[u64]) -> Simulator {
        let machine = Machine { caches: caches.to_vec(), ..Machine::default() };
        of(&machine, "valgrind-3.19.0".into(), 1, 10)
    }

    #[test]
    fn caches_are_as_large_as_advertised_where_valgrind_can_model_them() {
        let simulator = model(&[48 << 10, 2 << 20, 36 << 20]);
        assert!(simulator.as_advertised);
        assert_eq!(
            options(&simulator),
            ["--I1=49152,12,64", "--D1=49152,12,64", "--LL=37748736,18,64"]
        );
    }

    #[test]
    fn else_they_are_of_usual_size() {
        let odd = (71 << 20) + 64;
        for caches in [&[][..], &[32 << 10], &[32 << 10, odd], &[0, 0], &[32 << 10, 8 << 30]] {
            let simulator = model(caches);
            assert!(!simulator.as_advertised, "{caches:?}");
            assert_eq!(
                options(&simulator),
                ["--I1=32768,8,64", "--D1=32768,8,64", "--LL=33554432,16,64"]
            );
        }
    }

    #[test]
    fn sets_are_a_power_of_two() {
        for bytes in (1..4_096).map(|kib| kib << 10) {
            let Some(ways) = ways(bytes, FIRST_WAYS) else { continue };
            let sets = bytes / LINE / ways;
            assert!(sets.is_power_of_two() && sets * ways * LINE == bytes, "{bytes}");
        }
        assert_eq!(ways(64, 8), Some(1));
    }
}
