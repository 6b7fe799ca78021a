'use strict';
(pm => {
  pm.embed = { create() {} };
})(panjmap);
