//! What each figure means and where it comes from, for those who read it on a screen.

/// A measure, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What it is called.
    pub name: &'static str,
    /// What it is.
    pub definition: &'static str,
    /// Who says so.
    pub source: &'static str,
}

/// The measures of a report, in the order of its columns. The files of this module say it exactly.
pub const DEFINITIONS: [Definition; 5] = [
    Definition {
        name: "Precision, recall, F1: exact",
        definition: "The first annotator stands for the truth. A span is found if the other has one \
            with the same start, end and label. Recall is the share of the first’s spans that the \
            second has too, precision the share of the second’s that the first has, F1 their harmonic \
            mean, which is the same whoever is first.",
        source: "G. Hripcsak and A. Rothschild, “Agreement, the F-measure, and reliability in \
            information retrieval”, JAMIA 12(3), 2005, pages 296–298.",
    },
    Definition {
        name: "Precision, recall, F1: by overlap",
        definition: "As before, but a span is found if it shares a code point with one of the \
            other’s spans of the same label; several spans may find the same one.",
        source: "“Binary overlap” in E. Breck, Y. Choi and C. Cardie, “Identifying expressions of \
            opinion in context”, IJCAI 2007, section 5.",
    },
    Definition {
        name: "Cohen’s kappa",
        definition: "Over code points: κ = (p_o − p_e) / (1 − p_e), with p_o the share of code points \
            that both put into the same category and p_e the share expected by chance. For one label \
            the categories are covered and not covered, for all of them the set of labels that cover \
            the code point. For more than two annotators, the mean of all pairs.",
        source: "J. Cohen, “A coefficient of agreement for nominal scales”, Educational and \
            Psychological Measurement 20(1), 1960, pages 37–46.",
    },
    Definition {
        name: "Krippendorff’s alpha for unitizing",
        definition: "ᵤα = 1 − D_o / D_e over code points: D_o is how much of the text one covers and \
            another doesn’t, D_e how much that would be if the same units lay anywhere. For all \
            labels, the sums over the labels.",
        source: "K. Krippendorff, Y. Mathet, S. Bouvry and A. Widlöcher, “On the reliability of \
            unitizing textual continua: Further developments”, Quality & Quantity 50, 2016, pages \
            2347–2364.",
    },
    Definition {
        name: "Alpha of 1995",
        definition: "The first form of alpha for unitizing, which also looks at how far the ends of \
            units are apart. For pairs alone.",
        source: "K. Krippendorff, “On the reliability of unitizing contiguous data”, Sociological \
            Methodology 25, 1995, pages 47–76; as in “Content Analysis”, 2nd edition, Sage 2004, \
            pages 251–256.",
    },
];
