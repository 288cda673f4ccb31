package de.kreissiegel.hsm.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashTreeTest {
  /** The leaves and roots that RFC 6962's reference implementation is tested with. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void hasTheHeadsThatOthersCompute() {
    HashTree tree = new HashTree();
    HashTree ofHashes = new HashTree();
    for (int size = 0; size < ROOTS.size(); size++) {
      assertThat(tree.size()).isEqualTo(size);
      assertThat(tree.root().toHex()).isEqualTo(ROOTS.get(size));
      assertThat(ofHashes.root()).isEqualTo(tree.root());
      if (size < LEAVES.size()) {
        byte[] leaf = Bytes.fromHex(LEAVES.get(size)).toArray();
        tree.add(leaf);
        ofHashes.addLeaf(HashTree.leaf(leaf));
      }
    }
  }

  @Test
  void goesOnFromWhatWasKeptOfIt() {
    HashTree whole = new HashTree();
    HashTree kept = new HashTree();
    for (String leaf : LEAVES) {
      whole.add(Bytes.fromHex(leaf).toArray());
      kept.add(Bytes.fromHex(leaf).toArray());
      kept = HashTree.of(kept.size(), kept.peaks());
      assertThat(kept.root()).isEqualTo(whole.root());
    }
    Bytes peaks = whole.peaks();
    assertThatThrownBy(() -> HashTree.of(7, peaks)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HashTree.of(-8, peaks)).isInstanceOf(IllegalArgumentException.class);
  }
}
