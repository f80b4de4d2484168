//! Archives, written and read, and archives that mean harm.

use super::*;
use proptest::prelude::*;

const LIMITS: Limits = Limits {
    files: 3,
    file: 1_000,
    all: 2_000,
};

fn file_of(content: &[u8]) -> (String, Vec<u8>) {
    file("a", content)
}

fn file(name: &str, content: &[u8]) -> (String, Vec<u8>) {
    (name.to_owned(), content.to_vec())
}

/// An archive of a file of this content, which comes in pieces of `step` bytes.
fn zip_in_pieces(content: &[u8], step: usize) -> Vec<u8> {
    let mut packing = Packing::default();
    let pieces = content.chunks(step);
    let mut packed: Vec<u8> = pieces.flat_map(|piece| packing.push(piece)).collect();
    let (rest, file) = packing.end();
    packed.extend(rest);
    let data = if file.is_smaller() { &packed } else { content };
    let mut archive = Archive::default();
    let before = archive.add("a", &file).unwrap();
    [&before, data, &archive.end().unwrap()].concat()
}

#[test]
fn what_is_packed_comes_back_in_order() {
    let files = [
        file("a.txt", b""),
        file("b/c.json", b"{}"),
        file("d.txt", &b"again and ".repeat(50)),
    ];
    let archive = zip(&files).unwrap();
    assert_eq!(unzip(&archive, LIMITS), Ok(files.to_vec()));
    assert_eq!(archive, zip(&files).unwrap());
    assert_eq!(unzip(&zip(&[]).unwrap(), LIMITS), Ok(vec![]));
}

#[test]
fn a_large_file_is_packed_in_pieces_of_any_size() {
    // A megabyte of noise, which fills the compressor, then one that it makes small.
    let mut state = 1_u32;
    let mut content: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    })
    .take(1 << 20)
    .collect();
    content.extend(b"again and ".repeat(100_000));
    let limits = Limits {
        files: 1,
        file: 1 << 22,
        all: 1 << 22,
    };
    for step in [4_099, 100_000, content.len()] {
        let bytes = zip_in_pieces(&content, step);
        assert_eq!(unzip(&bytes, limits), Ok(vec![file_of(&content)]), "{step}");
    }
}

#[test]
fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
    let bomb = zip(&[file("bomb", &vec![0; 5_000_000])]).unwrap();
    assert!(bomb.len() < 10_000);
    assert_eq!(
        unzip(&bomb, LIMITS).unwrap_err().to_string(),
        "The file \"bomb\" in the archive has more than 0 MB unpacked, which is the most that is read."
    );
    // It says that it is small, and is not.
    let mut lying = bomb.clone();
    let size = 5_000_000_u32.to_le_bytes();
    while let Some(at) = lying.windows(4).position(|bytes| bytes == size) {
        lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert_eq!(unzip(&lying, LIMITS), Err(ZipError::BadFile("bomb".into())));
    let many = ["a", "b", "c", "d"].map(|name| file(name, b""));
    assert_eq!(
        unzip(&zip(&many).unwrap(), LIMITS),
        Err(ZipError::TooMany(3))
    );
    let large = ["a", "b", "c"].map(|name| file(name, &[1; 900]));
    assert_eq!(
        unzip(&zip(&large).unwrap(), LIMITS),
        Err(ZipError::TooLarge(2_000))
    );
}

#[test]
fn entries_that_share_their_data_count_each() {
    // One file, named in the directory a hundred times.
    let archive = zip(&[file("a", &[0; 1_000])]).unwrap();
    let end = archive.len() - 22;
    let begins = archive[end + 16..end + 20].try_into().unwrap();
    let begins = u32::from_le_bytes(begins) as usize;
    let entry = &archive[begins..end];
    let mut bomb = archive[..begins].to_vec();
    bomb.extend(entry.repeat(100));
    let length = (entry.len() * 100) as u32;
    bomb.extend(END.to_le_bytes());
    bomb.extend([0; 4]);
    bomb.extend(100_u16.to_le_bytes());
    bomb.extend(100_u16.to_le_bytes());
    bomb.extend(length.to_le_bytes());
    bomb.extend((begins as u32).to_le_bytes());
    bomb.extend([0; 2]);
    assert_eq!(unzip(&bomb, LIMITS), Err(ZipError::TooLarge(2_000)));
}

#[test]
fn damage_and_other_kinds_are_named() {
    let archive = zip(&[file("a", b"hello hello hello hello")]).unwrap();
    assert_eq!(unzip(b"", LIMITS), Err(ZipError::Damaged));
    assert_eq!(
        unzip(&archive[..archive.len() - 1], LIMITS),
        Err(ZipError::Damaged)
    );
    let mut wrong = archive.clone();
    wrong[32] ^= 1;
    assert_eq!(unzip(&wrong, LIMITS), Err(ZipError::BadFile("a".into())));
    let central = archive
        .windows(4)
        .position(|b| b == CENTRAL.to_le_bytes())
        .unwrap();
    let mut encrypted = archive.clone();
    encrypted[central + 8] |= 1;
    assert_eq!(
        unzip(&encrypted, LIMITS),
        Err(ZipError::Encrypted("a".into()))
    );
    let mut other = archive;
    other[central + 10] = 14;
    assert_eq!(unzip(&other, LIMITS), Err(ZipError::Method("a".into(), 14)));
}

#[test]
fn another_program_can_read_it() {
    let Ok(python) = std::process::Command::new("python3")
        .arg("--version")
        .output()
    else {
        println!("skipped: there is no python3");
        return;
    };
    assert!(python.status.success());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    let text = "again and again ".repeat(99);
    let archive = zip(&[file("a.txt", text.as_bytes()), file("b/c", b"x")]).unwrap();
    std::fs::write(&path, archive).unwrap();
    let script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(z.namelist(), len(z.read('a.txt')))";
    let output = std::process::Command::new("python3")
        .args(["-c", script])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "['a.txt', 'b/c'] 1584\n"
    );
}

proptest! {
    #[test]
    fn in_pieces_a_file_is_packed_as_at_once(content: Vec<u8>, times in 1..200_usize, step in 1..5_000_usize) {
        let content = content.repeat(times);
        let bytes = zip_in_pieces(&content, step);
        prop_assert_eq!(&bytes, &zip(&[file_of(&content)]).unwrap());
        let limits = Limits { files: 1, file: 10_000_000, all: 10_000_000 };
        prop_assert_eq!(unzip(&bytes, limits), Ok(vec![file_of(&content)]));
    }

    #[test]
    fn no_bytes_do_harm(mut bytes in prop::collection::vec(any::<u8>(), 0..200), damage in prop::collection::vec((0_usize..400, any::<u8>()), 0..4)) {
        let _ = unzip(&bytes, LIMITS);
        bytes.extend(zip(&[file("a", b"hello hello hello")]).unwrap());
        for (at, byte) in damage {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let _ = unzip(&bytes, LIMITS);
    }
}
