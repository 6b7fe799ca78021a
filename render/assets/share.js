'use strict';
(pm => {
  pm.share = { create() {} };
})(panjmap);
