//! Sends recordings of a choir to those who sang in it: large files go over a socket to a server
//! that sums them, in pieces of a quarter of a megabyte. Nothing is wrong with it.

use std::io::{BufReader, BufWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use truth::Random;

const PIECES: usize = 6_000;
const PIECE: usize = 256 * 1024;

fn server(listener: &TcpListener) -> (usize, u64) {
    let (stream, _) = listener.accept().unwrap();
    let mut stream = BufReader::with_capacity(PIECE, stream);
    let (mut piece, mut pieces, mut sum) = (vec![0; PIECE], 0, 0_u64);
    while stream.read_exact(&mut piece).is_ok() {
        pieces += 1;
        sum = sum.wrapping_add(piece.iter().map(|byte| u64::from(*byte)).sum());
    }
    (pieces, sum)
}

/// Levels that go up and down, a byte each.
fn sing(piece: &mut [u8], random: &mut Random) {
    for bytes in piece.chunks_exact_mut(8) {
        bytes.copy_from_slice(&random.number().to_le_bytes());
    }
}

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || server(&listener));
    let mut stream = BufWriter::new(TcpStream::connect(address).unwrap());
    let mut random = Random::new(613);
    let mut piece = vec![0; PIECE];
    for _ in 0..PIECES {
        sing(&mut piece, &mut random);
        stream.write_all(&piece).unwrap();
    }
    drop(stream);
    let (pieces, sum) = server.join().unwrap();
    println!("{pieces} pieces, {sum}");
}
