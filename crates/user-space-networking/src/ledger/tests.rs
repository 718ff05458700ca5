//! Each fault told from the others, and sums that see every bit.

use super::*;

fn datagram(number: u64, message: &[u8]) -> Vec<u8> {
    [&number.to_le_bytes(), message].concat()
}

fn after(all: usize, datagrams: &[Vec<u8>]) -> Arrived {
    let mut ledger = Ledger::new(all);
    ledger.expect(all);
    datagrams.iter().for_each(|datagram| ledger.take(datagram));
    ledger.close()
}

#[test]
fn each_fault_is_told_from_the_others() {
    let [zero, one, two] = [0, 1, 2].map(|number| datagram(number, b"abc"));
    let sum = |numbers: &[usize]| {
        numbers.iter().map(|&number| digest(number, b"abc")).fold(0, u64::wrapping_add)
    };
    let all = Arrived { messages: 3, bytes: 9, sum: sum(&[0, 1, 2]), ..Arrived::default() };
    assert_eq!(after(3, &[zero.clone(), one.clone(), two.clone()]), all);
    let overtaken = Arrived { overtaken: 1, ..all.clone() };
    assert_eq!(after(3, &[zero.clone(), two.clone(), one.clone()]), overtaken);
    let doubled = Arrived { doubled: 1, ..all.clone() };
    assert_eq!(after(3, &[zero.clone(), zero.clone(), one.clone(), two.clone()]), doubled);
    let lost = Arrived { messages: 2, bytes: 6, sum: sum(&[0, 2]), lost: 1, ..all.clone() };
    assert_eq!(after(3, &[zero.clone(), two.clone()]), lost);
    for strange in [datagram(3, b"abc"), datagram(u64::MAX, b""), vec![0; 7], vec![]] {
        let with = Arrived { strange: 1, ..all.clone() };
        assert_eq!(after(3, &[zero.clone(), strange, one.clone(), two.clone()]), with);
    }
}

#[test]
fn what_was_given_up_may_still_come() {
    let mut ledger = Ledger::new(130);
    ledger.expect(3);
    ledger.take(&datagram(1, b""));
    assert!(ledger.waits() && ledger.open() == 2);
    ledger.give_up();
    assert!(!ledger.waits() && ledger.open() == 0);
    ledger.expect(130);
    assert_eq!(ledger.open(), 127);
    ledger.take(&datagram(0, b""));
    assert_eq!(ledger.open(), 127, "it was not waited for");
    (3..130).for_each(|number| ledger.take(&datagram(number, b"")));
    assert!(!ledger.waits());
    let arrived = ledger.close();
    assert_eq!((arrived.messages, arrived.lost, arrived.overtaken), (129, 1, 1));
}

#[test]
fn errors_are_told_from_time_that_is_up() {
    let mut ledger = Ledger::new(2);
    ledger.expect(2);
    ledger.nothing_came(io::ErrorKind::Interrupted.into()).unwrap();
    assert!(ledger.waits());
    ledger.nothing_came(io::ErrorKind::ConnectionRefused.into()).unwrap_err();
    assert!(ledger.waits());
    ledger.nothing_came(io::ErrorKind::TimedOut.into()).unwrap();
    assert!(!ledger.waits());
}

#[test]
fn a_digest_sees_flipped_bits_and_what_changes_places() {
    let message: Vec<u8> = (0..29).collect();
    let right = digest(5, &message);
    assert_ne!(digest(6, &message), right);
    for bit in 0..message.len() * 8 {
        let mut flipped = message.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_ne!(digest(5, &flipped), right, "bit {bit}");
    }
    let mut swapped = message.clone();
    swapped.rotate_left(8);
    assert_ne!(digest(5, &swapped), right);
    assert_ne!(digest(5, &message[..28]), right);
    assert_ne!(digest(0, &[0; 8]), digest(0, &[0; 16]));
}
